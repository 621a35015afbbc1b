"""Communication items and study: planned, handed down the tree, carried out, and added up as units and sessions."""
