"""Reviews: mid-term and final, written by each unit, rated by itself and by the tier above, added up over the tree."""
