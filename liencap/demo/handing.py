"""Let people come and go in the sample: slips that are out and out of date, hand-overs, an acting holder."""

import datetime

from liencap.audit.actor import Actor
from liencap.demo.calendar import clock_on
from liencap.units.access import today
from liencap.units.actions import appoint, enter_successor, hand_over, make_slips, receive_hand_over
from liencap.units.models import Appointment, HandOver, Seat, Unit
from liencap.units.queries import holder_of

KEPT = [
    {"title": "Báo cáo phải gửi", "lines": ["Báo cáo quý, hạn gửi trong tháng"]},
    {"title": "Văn bản của đơn vị: 1", "lines": ["Quy chế làm việc của ban chấp hành"]},
]
NOTE = "Sổ công văn và con dấu ở tủ số 2. Danh sách hợp tác xã đang rà soát dở, xong trước cuối tháng."


def people_come_and_go(units: dict[str, Unit], actor: Actor) -> None:
    """Make slips in two provinces, hand two area seats over, one of them on a day to come, and let one person act."""
    days = datetime.timedelta
    with clock_on(today() - days(days=45)):
        make_slips(units["SX.3"], actor=actor)  # out of date by today
    make_slips(units["SX.1"], actor=actor)
    with clock_on(today() - days(days=6)):
        made = _follow(units["SX.1.3"], "Lương Thị Hạnh", today(), actor, "0900 000 013")
    assert made.new is not None, "it names a successor"
    successor = Actor(made.new.person.user_id, made.seat_id)
    receive_hand_over(made, {(0, 0)}, remark="Chưa thấy bản Quy chế làm việc đã ký.", actor=successor)
    _follow(units["SX.1.2"], "Đinh Công Thành", today() + days(days=20), actor)
    vacant = _seat("SX.1.2/officer")
    acting = enter_successor("Phùng Thị Lụa", "", unit=vacant.unit, actor=actor)
    until = today() + days(days=60)
    appoint(acting, vacant, since=today(), until=until, kind=Appointment.Kind.ACTING, actor=actor)


def _follow(unit: Unit, name: str, day: datetime.date, actor: Actor, contact: str = "") -> HandOver:
    seat = _seat(f"{unit.code}/head")
    held = holder_of(seat)
    to = enter_successor(name, contact, unit=unit, actor=actor)
    seen = held.pk if held else None
    made, _code = hand_over(seat, to=to, day=day, seen=seen, note=NOTE, kept=KEPT, actor=actor)
    return made


def _seat(key: str) -> Seat:
    return Seat.objects.select_related("unit", "role").get(key=key)
