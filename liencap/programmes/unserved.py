"""Say beside a task what Liencap does not serve in it: it watches, steers and profiles nobody and posts nothing.

The task stays, in the words in which it was adopted. Patterns look at folded text (no marks, no case).
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold

NETWORK = r"(?:mang xa hoi|khong gian mang|facebook|zalo|tiktok|youtube|social (?:media|networks?))"
MEMBER = "(?:dang vien|doan vien|hoi vien|can bo|thanh vien|nguoi)"
PEOPLE = "(?:members|persons|individuals|people)"


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that is not served: what marks it in a task, and what is said to the reader."""

    code: str
    patterns: tuple[str, ...]
    statement: str | Promise


def _near(first: str, most: int, then: str) -> str:
    """Return a pattern for one of the first words and, at most so many words on, one of the others."""
    return rf"\b(?:{first})\b(?: [^ .;]+){{0,{most}}} (?:{then})\b"


LIMITS = (
    Limit(
        "opinion-watch",
        (
            _near("nam|theo doi|thu thap|tong hop|giam sat", 7, "du luan|tam trang|dien bien tu tuong"),
            _near("monitor(?:ing)?|track(?:ing)?|gaug(?:e|ing)", 4, "public opinion|public sentiment"),
        ),
        _(
            "Liencap does not watch what people think. It carries this task, its dates and each unit's report on what "
            "was done; opinion may come only from people who were asked and agreed to answer."
        ),
    ),
    Limit(
        "network-watch",
        (
            _near("nam|theo doi|giam sat|ra quet|quet|phat hien|kiem soat", 9, NETWORK),
            _near("monitor(?:ing)?|track(?:ing)?|scan(?:ning)?", 6, NETWORK),
        ),
        _(
            "Liencap collects nothing from social networks. Units report here what they did, not what others wrote."
        ),
    ),
    Limit(
        "steering",
        (
            _near("dinh huong", 3, "du luan|tu tuong"),
            _near("guid(?:e|ing)|steer(?:ing)?|shap(?:e|ing)|influenc(?:e|ing)", 3, "public opinion"),
        ),
        _(
            "Liencap does not steer opinion. What the organisation has to say, it says under its own name, with "
            "its sources."
        ),
    ),
    Limit(
        "posting",
        (
            r"\b(?:phan bac|phan tuyen truyen)\b",
            _near("dau tranh", 4, "quan diem|luan dieu|thong tin"),
            _near("dang tai|(?<!bai )dang|chia se|binh luan|lan toa", 8, NETWORK),
            _near("post|share|comment", 7, NETWORK),
        ),
        _(
            "Liencap posts nothing, shares nothing and hides nobody's words. It carries who is charged with this "
            "and what they report as done."
        ),
    ),
    Limit(
        "counting",
        (
            _near("(?:moi|tung) " + MEMBER, 8, "tin bai|bai viet|luot|tuong tac"),
            _near(
                r"so luong|(?:it nhat|toi thieu) \d+", 1, "tin bai|bai viet|luot (?:chia se|thich|tuong tac)"
            ),
            _near("each (?:member|person)", 6, "posts?|shares?|likes?|comments?"),
        ),
        _("No indicator here counts posts, shares or what single persons do on networks."),
    ),
    Limit(
        "profile",
        (
            _near("danh sach|ho so|theo doi|phan loai", 6, "bieu hien|quan diem ca nhan|co tu tuong"),
            _near("list|record|profile|classify", 5, "(?:views|opinions|beliefs) of " + PEOPLE),
        ),
        _("Liencap keeps no profile of what anybody thinks, and no list of people by their views."),
    ),
    Limit(
        "collaborators",
        (_near("cong tac vien", 2, "du luan"),),
        _("In Liencap collaborators invite people to answer and help them; they report on nobody."),
    ),
)
_FOUND = [(limit, re.compile("|".join(limit.patterns))) for limit in LIMITS]


def unserved(text: str) -> list[Limit]:
    """Return what Liencap does not serve in a task, in the order of the table; empty for most tasks."""
    folded = fold(text)
    return [limit for limit, pattern in _FOUND if pattern.search(folded)]
