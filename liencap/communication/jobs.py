"""Hand a line to many units in the background."""

import datetime

from liencap.audit.actor import SYSTEM
from liencap.communication.actions.handing import BATCH, give_shares
from liencap.communication.models import Item, Share
from liencap.communication.wording import handed_to
from liencap.work.actions import report_progress
from liencap.work.models import Job


def hand_out_item(job: Job) -> None:
    """Write the shares chunk by chunk, each in its own transaction; begun again it doubles nothing."""
    item = Item.objects.select_related("unit").get(pk=job.args["item"])
    parent = Share.objects.select_related("unit").filter(pk=job.args["parent"]).first()
    units, due = job.args["units"], datetime.date.fromisoformat(job.args["due"])
    for at in range(0, len(units), BATCH):
        report_progress(job, at, len(units), item.title)
        give_shares(item, units[at : at + BATCH], due, parent=parent, added=job.args["added"], actor=SYSTEM)
    report_progress(job, len(units), len(units), handed_to(len(units)))
