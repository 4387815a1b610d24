"""Who may do what: people, roles, scope, invitations, and an audit of reads."""
