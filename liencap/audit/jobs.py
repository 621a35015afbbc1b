"""Seal, and finish erasures, in the background."""

from liencap.audit.actions import BATCH, destroy_given_up_keys, seal_entries
from liencap.audit.actor import SYSTEM


def seal(job: object) -> None:  # noqa: ARG001  # every job function is given its row
    """Seal until nothing is left."""
    while seal_entries(actor=SYSTEM) == BATCH:
        pass


def destroy_keys(job: object) -> None:  # noqa: ARG001  # every job function is given its row
    """Destroy the keys that a crash kept alive after their people were erased."""
    destroy_given_up_keys()
