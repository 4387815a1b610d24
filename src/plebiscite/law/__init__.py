"""Law files: YAML only, no logic."""
