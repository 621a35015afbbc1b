"""Tell which lines of one plan are the lines of another, and leave to a person what is not sure."""

from liencap.core.matching.differing import Difference, differences, words_of
from liencap.core.matching.pairing import Line, Matching, Pair, doubt_between, match

__all__ = ["Difference", "Line", "Matching", "Pair", "differences", "doubt_between", "match", "words_of"]
