"""The head and foot of an official paper, as data: organisation, motto, number, place and day, who signs."""

import datetime
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
Form = Literal["state", "party", "plain"]

SAMPLE_MARK = "SAMPLE DATA / DỮ LIỆU MẪU"
# Decree 30/2020/NĐ-CP heads an annex with a Roman number on a line of its own, and its name in capitals below.
ANNEX_DECREED = {"annex": "Phụ lục {number}\n{capitals}", "annex_number": "{roman}"}
_MOTTO: dict[tuple[str, str], tuple[str, ...]] = {
    ("state", "vi"): ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ("state", "en"): ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"),
    ("party", "vi"): ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    ("party", "en"): ("COMMUNIST PARTY OF VIET NAM",),
}
_DAY = {
    "vi": ("{place}ngày {day} tháng {month} năm {year}", "{place}ngày … tháng … năm ……"),
    "en": ("{place}{day} {month} {year}", "{place}… … ……"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def picture_mark(number: int) -> str:
    """Return what a Word template prints where the picture of a chart comes: a number between rare signs."""
    return f"\ue000{number}\ue000"


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the paper. `number` and `date` (ISO) stay empty until the clerk enters them."""

    issuer: str
    authority: str = ""
    motto: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: "TM." (on behalf of) and "KT." (for the head) lines, role and name."""

    role: str = ""
    name: str = ""
    on_behalf: str = ""
    acting: str = ""


_STANDS_IN = {
    ("state", "vi"): {"acting": "Q. {role}", "delegate": "TUQ. {role}", "order": "TL. {role}"},
    ("party", "vi"): {"acting": "Q. {role}", "delegate": "K/T {role}", "order": "T/L {role}"},
    ("plain", "en"): {
        "acting": "Acting {role}",
        "delegate": "For: {role}",
        "order": "By order of the {role}",
    },
}


def role_signed(role: str, held_as: str, form: Form, language: Language) -> str:
    """Return the role as it stands above a name: marked for who acts, is a delegate or signs by order."""
    marks = (
        _STANDS_IN["plain", "en"]
        if language == "en"
        else _STANDS_IN["party" if form == "party" else "state", "vi"]
    )
    return marks[held_as].format(role=role) if role and held_as in marks else role


FOR_ANOTHER = ("delegate", "order")


def signatory_of(
    role: str, held_as: str, name: str, form: Form, language: Language, *, own: str = "", on_behalf: str = ""
) -> Signatory:
    """Return who signs: for a body, for the head (whose line stands above one's own role), or as the head.

    Who signs by order or by power of attorney signs for the head alone, not for the body.
    """
    line = role_signed(role, held_as, form, language)
    if not role or held_as not in FOR_ANOTHER:
        return Signatory(line, name, on_behalf if role else "")
    return Signatory(own, name, acting=line) if own else Signatory(line, name)


def motto_for(form: Form, language: Language) -> tuple[str, ...]:
    """Return the lines at the head of an official paper; the plain form has none."""
    return _MOTTO.get((form, language), ())


def is_party(motto: tuple[str, ...]) -> bool:
    """Say whether a head is the party's, whose sizes, mark below the issuer and way to number differ."""
    return motto in (_MOTTO["party", "vi"], _MOTTO["party", "en"])


def is_state(motto: tuple[str, ...]) -> bool:
    """Say whether a head is that of Vietnamese administrative papers, whose annexes have Roman numbers."""
    return motto == _MOTTO["state", "vi"]


def roman(number: int) -> str:
    """Write a number in Roman signs; tens beyond the third are written out one by one."""
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + units[number % 10]


def capitals(text: str) -> str:
    """Return a text as the head of a paper writes it."""
    return text.replace("\n", " ").upper()


def place_date(place: str, date: str, language: str) -> str:
    """Write the date as the law does: the days up to 9 and the months 1 and 2 with a nought before."""
    known, unknown = _DAY[language]
    before = f"{place}, " if place else ""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return unknown.format(place=before)
    if language == "en":
        return known.format(place=before, day=day.day, month=_MONTHS[day.month - 1], year=day.year)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return known.format(place=before, day=f"{day.day:02d}", month=month, year=day.year)
