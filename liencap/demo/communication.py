"""A year's plan of communication and study in the sample, carried out by part of the tree."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.communication.actions import (
    add_channel,
    answer_questions,
    cancel_item,
    cancel_session,
    change_item,
    forward_questions,
    hand_out,
    move_session,
    pass_item_down,
    plan_item,
    plan_session,
    record_done,
    record_held,
    record_not_applicable,
)
from liencap.communication.content import Attendance, ItemWords, SessionWords
from liencap.communication.models import Channel, Item, Share
from liencap.communication.queries import groups_of, waiting_at
from liencap.demo.calendar import clock_on
from liencap.demo.reporting import HeadOf
from liencap.demo.saying_of_studies import CHANNELS, ITEMS, QUESTIONS, STUDIES, Told
from liencap.programmes.queries import Rule
from liencap.reports.models import Period
from liencap.reports.recorded.actions import ask_lines
from liencap.reports.recorded.queries import offered
from liencap.units.access import today
from liencap.units.models import Unit

DAYS = datetime.timedelta
PROVINCES, AREAS = Rule(tiers=("tinh",)), Rule(tiers=("tinh", "khu-vuc"))
RULES = {"provinces": PROVINCES, "areas": AREAS}


@dataclass(frozen=True, slots=True)
class Year:
    """The sample's year: who heads which unit, the dice, today, and the federation's channels."""

    year: int
    today: datetime.date
    head_of: HeadOf
    chance: random.Random
    channels: list[Channel]

    def day(self, month: int, day: int) -> datetime.date:
        """Return a day of the year."""
        return datetime.date(self.year, month, day)


@transaction.atomic
def tell_and_study(root: Unit, *, head_of: HeadOf) -> None:
    """Plan the year at the top, hand it out, and let the units live through it until today."""
    now = today()
    chair = head_of(root)
    assert chair is not None, "the root's head seat is filled"
    chance = random.Random("communication")  # noqa: S311  # a sample, not a secret
    with clock_on(min(datetime.date(now.year, 1, 5), now)):
        channels = [add_channel(root, name, name_en=en, place=at, actor=chair) for name, en, at in CHANNELS]
        year = Year(now.year, now, head_of, chance, channels)
        planned = [(told, _planned(root, told, year, chair)) for told in (*ITEMS, *STUDIES)]
    for told, item in planned:
        with clock_on(min(max(item.first_day - DAYS(days=20), year.day(1, 5)), now)):
            hand_out(item, RULES[told.tiers], actor=chair)
        _carry_out(Item.objects.select_related("unit").get(pk=item.pk), year)
    by_key = {told.key: item for told, item in planned}
    _change_and_cancel(by_key, year, chair)
    _province(by_key, year)
    _answer(root, chair)
    _into_reports(root, chair)


def _into_reports(root: Unit, chair: Actor) -> None:
    """Let the numbers of some lines stand under the last task in the reports of the quarter that is open."""
    period = Period.objects.filter(programme__unit=root, state=Period.State.OPEN).order_by("pk").first()
    if period is not None:
        task = period.programme.tasks.filter(parent=None, set_by=None, rescinded=False).order_by("-order")[0]
        ask_lines(period, dict.fromkeys([item.pk for item in offered(period)[:3]], task.pk), actor=chair)


def _planned(root: Unit, told: Told, year: Year, chair: Actor) -> Item:
    words = ItemWords(
        told.title, until=year.day(*told.until), since=year.day(*told.since) if told.since else None,
        message=told.message, audience=told.audience, material=told.material, discuss=told.discuss,
        sessions_each=told.sessions, channels=tuple(year.channels[n] for n in told.channels),
    )  # fmt: skip
    return plan_item(root, "study" if told.study else "item", words, actor=chair)


def _carry_out(item: Item, year: Year) -> None:
    """Let each unit record what it did by today: most in time, some late, some not, some do not need to."""
    shares = Share.objects.filter(item=item).select_related("unit__tier", "item__unit").order_by("pk")
    for share in shares:
        actor = year.head_of(share.unit)
        if actor is None:
            continue
        luck, late = year.chance.random(), year.chance.random() < 0.08
        day = share.due + DAYS(days=year.chance.randint(2, 9) if late else -year.chance.randint(0, 6))
        if luck < 0.07 or day > year.today:
            continue
        with clock_on(min(day + DAYS(days=1), year.today)):
            if luck < 0.1 and not item.by_sessions:
                record_not_applicable(share, reason="Đơn vị không có loại hình hoạt động này.", actor=actor)
            elif item.by_sessions:
                _hold(share, day, year, actor)
            else:
                where = year.chance.choice(
                    ("Bảng tin trụ sở", "Bản tin số gần nhất", "Loa truyền thanh, buổi sáng")
                )
                record_done(share, on=day, where=where, channels=year.channels[:1], actor=actor)


def _hold(share: Share, day: datetime.date, year: Year, actor: Actor) -> None:
    """Hold the sessions of a study, the last one on the day; some ask what was unclear."""
    for n in range(share.item.sessions_each):
        asked = tuple(_unclear(year.chance)) if year.chance.random() < 0.3 else ()
        expected = year.chance.randint(18, 60)
        came = expected - year.chance.randint(0, expected // 6)
        words = SessionWords(
            day - DAYS(days=7 * (share.item.sessions_each - 1 - n)), datetime.time(8), "Hội trường",
            "Ban Tuyên truyền và Đào tạo",
        )  # fmt: skip
        seen = Attendance(expected, came, "Đề cương, phiếu hỏi đáp", asked)
        held = record_held(share, words, seen, names_checked=True, actor=actor)
        if came < expected - 5:
            again = Attendance(expected - came, expected - came - 1)
            record_held(share, replace(words, hour=datetime.time(14)), again, second_of=held, actor=actor)


def _unclear(chance: random.Random) -> Iterator[str]:
    group = chance.choice(QUESTIONS)
    yield chance.choice(group)


def _change_and_cancel(items: dict[str, Item], year: Year, chair: Actor) -> None:
    """Change the days of one line after it was handed out, and cancel another."""
    moved = Item.objects.select_related("unit").get(pk=items["fair"].pk)
    words = ItemWords(
        moved.title, until=year.day(12, 22), since=year.day(12, 14), message=moved.message, audience=moved.audience,
        material=moved.material, channels=tuple(moved.channels.all()),
    )  # fmt: skip
    with clock_on(min(year.day(11, 20), year.today)):
        change_item(moved, words, why="Hội chợ lùi một tuần theo lịch của địa phương.", actor=chair)
    with clock_on(min(year.day(9, 3), year.today)):
        cancel_item(
            items["walk"], reason="Lồng ghép vào tuần lễ an toàn lao động, không làm riêng.", actor=chair
        )


def _province(items: dict[str, Item], year: Year) -> None:
    """Let the first province pass the year-end study down with words of its own, and its units plan sessions."""
    province = Unit.objects.get(code="SX.1")
    chair = year.head_of(province)
    share = Share.objects.select_related("unit", "item__unit").get(item=items["charter"], unit=province)
    assert chair is not None, "the first province's head seat is filled"
    with clock_on(min(year.day(10, 20), year.today)):
        pass_item_down(
            share, Rule(tiers=("khu-vuc", "hop-tac-xa"), under="SX.1"), actor=chair,
            added="Hợp tác xã mời cả tổ trưởng các tổ hợp tác cùng dự.",
        )  # fmt: skip
        words = ItemWords(
            "Họp bạn đọc bản tin của tỉnh", until=year.day(12, 18), audience="Cộng tác viên bản tin",
            message="Nghe góp ý về cách trình bày và lịch phát hành bản tin.", sessions_each=1,
        )  # fmt: skip
        own = plan_item(province, "item", words, actor=chair)
        hand_out(own, Rule(tiers=("khu-vuc",)), actor=chair)
    below = Share.objects.filter(item=items["charter"], parent=share).select_related("unit", "item__unit")
    for n, one in enumerate(below.order_by("unit__path")):
        if (actor := year.head_of(one.unit)) is None:
            continue
        with clock_on(min(year.day(11, 16) + DAYS(days=n % 5), year.today)):
            _one_of_the_province(one, n, year, actor)
    _answer_at(province, chair)


def _one_of_the_province(share: Share, n: int, year: Year, actor: Actor) -> None:
    """Some have held the session with questions, some planned it, one moved it, one cancelled it."""
    at = SessionWords(today(), datetime.time(8, 30), "Nhà văn hóa", "Ban Tuyên truyền và Đào tạo")
    if n % 3 == 1:
        group = QUESTIONS[n % 2]
        seen = Attendance(40, 34 + n % 6, "Đề cương", (group[n % len(group)],))
        record_held(share, at, seen, names_checked=True, actor=actor)
    elif n % 5 != 4:
        day = year.today + DAYS(days=6 + n % 12)
        session = plan_session(share, replace(at, day=day), actor=actor)
        if n == 2:
            words = replace(at, day=day + DAYS(days=3))
            move_session(session, words, reason="Trùng ngày thu hoạch của xã viên.", actor=actor)
        if n == 5:
            cancel_session(session, reason="Ghép với buổi của hợp tác xã bên cạnh.", actor=actor)


def _answer_at(province: Unit, chair: Actor) -> None:
    """Answer the most frequent question of the province and forward the next to the federation."""
    groups = groups_of(waiting_at(province.pk))
    if groups:
        answer_questions(
            list(groups[0].questions), question=groups[0].first.text, names_checked=True, actor=chair,
            text="Theo mẫu sổ kèm hướng dẫn; tổ nhỏ dùng sổ một trang, cộng dồn vào cuối tháng.",
        )  # fmt: skip
    if len(groups) > 1:
        forward_questions(list(groups[1].questions), actor=chair)


def _answer(root: Unit, chair: Actor) -> None:
    """Answer two groups at the top; the others wait."""
    for group in sorted(groups_of(waiting_at(root.pk)), key=lambda one: -one.units)[:2]:
        answer_questions(
            list(group.questions), question=group.first.text, names_checked=True, actor=chair,
            text="Điều lệ mẫu để từng hợp tác xã tự quyết; mức đã thông qua ở đại hội thành viên thì giữ đến hết năm.",
        )  # fmt: skip
