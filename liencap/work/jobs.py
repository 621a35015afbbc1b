"""What keeps the database quick, run once a day."""

from liencap.work.actions import refresh_statistics


def refresh(job: object) -> None:  # noqa: ARG001  # every job function is given its row
    """Let the database count its rows anew."""
    refresh_statistics()
