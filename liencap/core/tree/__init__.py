"""Make the tree of a day out of dated edges: who stands under whom, parents before children."""

from liencap.core.tree.paths import path_of, path_step
from liencap.core.tree.placing import tree_as_of
from liencap.core.tree.walking import ancestors, subtree

__all__ = ["ancestors", "path_of", "path_step", "subtree", "tree_as_of"]
