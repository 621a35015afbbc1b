"""Point out where the words of an indicator name a personal attribute; a person decides whether it counts one."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from liencap.core.rollup.cells import tied, together
from liencap.reports.forming.values import IndicatorInput
from liencap.reports.models import Indicator

COUNTED = (Indicator.Kind.NUMBER, Indicator.Kind.PERCENTAGE)  # only these count people
_PLACES = r"(?<!việt )(?<!miền )(?<!phía )(?<!quảng )(?<!hà )(?<!đông )(?<!tây )"
# With their marks: "năm" is a year, "nam" a man.
_NAMED = re.compile(
    rf"\b(nữ|phụ nữ|{_PLACES}nam|giới tính|dân tộc|tôn giáo|tín đồ|tuổi|khuyết tật|cao niên|"
    r"wom[ae]n|m[ae]n|females?|males?|sex|gender|ages?|aged|elderly|ethnic\w*|minorit\w+|religio\w+|disab\w+)\b"
)


def names_attribute(*texts: str) -> bool:
    """Say whether words name sex, age, ethnicity, religion or disability."""
    return any(_NAMED.search(text.lower()) for text in texts)


def tied_to_personal(rows: Iterable[IndicatorInput]) -> frozenset[str]:
    """Return the codes that are declared a sum with an indicator that is marked, and are not marked themselves.

    Women and men that add up to members: whoever sees two of them has the third.
    """
    known = list(rows)
    keys = [(row.code, "value") for row in known]
    marked = {(row.code, "value") for row in known if row.personal}
    ties = tied(keys, (check for row in known for check in row.checks))
    return frozenset(code for code, _cell in together(marked, ties) - marked)


def hint_of(row: IndicatorInput | None) -> str:
    """Return what to say of an indicator whose words name a personal attribute and which is not marked so."""
    if row is None or row.personal or row.kind not in COUNTED or not names_attribute(row.name, row.name_en):
        return ""
    return _("Its name speaks of a personal attribute. If it counts people by it, mark it so.")
