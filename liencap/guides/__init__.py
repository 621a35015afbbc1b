"""The guides as pages of the site, one list a role, and the tour of the sample data."""
