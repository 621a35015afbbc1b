"""Pages of the guides and of the tour."""
