"""A line, a study and its shares, as the chief of the small tree's province plans them."""

import datetime

from liencap.communication.actions import add_channel, hand_out, plan_item
from liencap.communication.content import ItemWords
from liencap.communication.models import Channel, Item, Share
from liencap.programmes.queries import Rule
from liencap.testing import Cast
from liencap.units.access import today
from liencap.units.models import Unit

COMMUNES = Rule(tiers=("commune",))
BOTH = Rule(tiers=("province", "commune"))


def soon(days: int = 10) -> datetime.date:
    """Return a day not far off."""
    return today() + datetime.timedelta(days=days)


def make_channel(cast: Cast, name: str = "Bảng tin") -> Channel:
    """Let the province keep a channel."""
    return add_channel(cast.province, name, name_en="Notice board", actor=cast.chief.actor)


def make_item(cast: Cast, **more: object) -> Item:
    """Plan something to be published."""
    words = {"title": "Giới thiệu Luật Hợp tác xã", "until": soon(), "message": "Quyền và nghĩa vụ"} | more
    return plan_item(cast.province, "item", ItemWords(**words), actor=cast.chief.actor)


def make_study(cast: Cast, **more: object) -> Item:
    """Plan a study of two sessions a unit."""
    words = {"title": "Học tập chuyên đề năm", "until": soon(), "sessions_each": 2} | more
    return plan_item(cast.province, "study", ItemWords(**words), actor=cast.chief.actor)


def handed(cast: Cast, item: Item, rule: Rule = COMMUNES) -> Item:
    """Hand a line out and return it as it stands then."""
    hand_out(item, rule, actor=cast.chief.actor)
    return Item.objects.select_related("unit").get(pk=item.pk)


def share_of(item: Item, unit: Unit) -> Share:
    """Return a unit's share."""
    return Share.objects.select_related("item__unit", "unit").get(item=item, unit=unit)
