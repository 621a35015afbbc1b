"""Pack the figures of a report, and carry them up the tree into totals.

`layout` names the measures, `figures` packs one report, `totals` adds reports one at a time in pure
Python, `sweep` recomputes whole trees, `periods` combines over time. Both ways give the same bytes.
"""

from liencap.core.rollup.figures import check, pack, unpack
from liencap.core.rollup.layout import Layout, Measure

__all__ = ["Layout", "Measure", "check", "pack", "unpack"]
