"""Fold texts that say the same together, and never two that differ by a negation or a number."""

from liencap.core.clustering.near import group_texts, merge_texts, normal_form

__all__ = ["group_texts", "merge_texts", "normal_form"]
