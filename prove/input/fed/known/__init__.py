"""Every reader of plebiscite: what each is given, and how it is called."""
