"""Ground: values that would make sense in any other project."""
