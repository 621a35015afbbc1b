"""Make programmes of plans, confirmed by a person, and pass their tasks down the tree."""
