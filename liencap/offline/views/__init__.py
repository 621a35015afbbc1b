"""Pages of the offline room."""
