"""The sample plan is a Word file whose numbering Word itself makes."""

from io import BytesIO

import pytest
from docx import Document

from liencap.demo.files import ROWS, TASKS, NotThere, given_plan, sample_plan
from liencap.demo.people import TIERS, sample_units


def test_the_sample_plan_holds_its_tasks_and_its_table():
    document = Document(BytesIO(sample_plan()))
    numbered = [p.text for p in document.paragraphs if p.style.name == "List Number"]
    assert numbered == list(TASKS)
    assert len(document.tables[1].rows) == len(ROWS) + 1


def test_the_federation_has_five_tiers_and_names_each_parent_first():
    units = list(sample_units())
    seen = set()
    for unit in units:
        assert unit.parent == "" or unit.parent in seen
        seen.add(unit.code)
    assert len(seen) == len(units) == 1511
    assert {u.tier for u in units} == {code for code, _, _ in TIERS}
    assert list(sample_units()) == units


def test_a_plan_that_is_not_there_is_refused_by_name():
    with pytest.raises(NotThere, match=r"no-such\.docx"):
        given_plan("no-such.docx")
