"""What one takes away from a measure's page: tables, a feed, a citation, a kit."""
