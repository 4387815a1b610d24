"""The same functions as JSON, for programs: `/api/v1`."""
