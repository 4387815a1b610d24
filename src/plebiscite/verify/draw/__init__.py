"""Before anything is looked at: what was committed to, and which lines were drawn."""
