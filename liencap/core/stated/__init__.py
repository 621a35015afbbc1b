"""Numbers that a text states, held against the figures of its table."""

from liencap.core.stated.checking import Contradiction, Fact, contradictions, telling
from liencap.core.stated.names import name_candidates
from liencap.core.stated.numerals import readings

__all__ = ["Contradiction", "Fact", "contradictions", "name_candidates", "readings", "telling"]
