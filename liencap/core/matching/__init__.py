"""Tell which lines of one plan are the lines of another, and leave to a person what is not sure."""

from liencap.core.matching.pairing import Line, Matching, Pair, doubt_between, match

__all__ = ["Line", "Matching", "Pair", "doubt_between", "match"]
