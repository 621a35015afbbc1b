"""Keep documents as they came, in versions, and what was read from them."""
