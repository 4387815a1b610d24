"""Reading law files and calendars: YAML as text, refused with file, line and remedy."""
