"""The public pages: what answers each address, and how."""
