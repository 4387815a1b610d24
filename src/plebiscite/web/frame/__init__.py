"""What frames every page: addresses, headers, faults, health."""
