"""Keeping the site: encrypted backups, bringing them back, and its state of health."""
