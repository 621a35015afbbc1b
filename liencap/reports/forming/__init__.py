"""What the form of a programme asks, how it is checked, how it changes from version to version, and its targets."""
