"""Parse how a review is called, what a unit says, answers, samples, earlier years."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from liencap.documents.models import Document
from liencap.programmes.models import Programme, Task
from liencap.reviews.access import programmes_to_review
from liencap.reviews.codes import Code
from liencap.reviews.content import OVERALL, Part, Point
from liencap.reviews.models import FollowUp, Review, SampleItem, Subject, TaskGroup
from liencap.reviews.queries import tiers_below
from liencap.reviews.wanted import Wanted
from liencap.ui.widgets import DateInput
from liencap.units.models import Tier, Unit

MOST = 100
CHECKS = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
BLANK_ROWS = 3


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CallForm(forms.Form):
    """A review as it is called, with a due day for each tier below; an empty day leaves the tier out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Review.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Title, as it will stand on the paper"), max_length=300)
    since = forms.DateField(label=gettext_lazy("First day of the term"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("Last day of the term"), widget=DateInput)
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.none(), label=gettext_lazy("Programmes under review"), required=False, widget=CHECKS
    )
    documents = forms.ModelMultipleChoiceField(
        Document.objects.none(), label=gettext_lazy("Directives under review that are kept here"), required=False,
        widget=CHECKS,
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Other directives under review, one a line"), required=False, widget=_area(2),
        help_text=gettext_lazy("As they are cited: number, day, issuer. Units rate and report on each."),
    )  # fmt: skip
    under = forms.CharField(
        label=gettext_lazy("Only units under this one (code)"), max_length=40, required=False
    )

    def __init__(self, unit: Unit, data: Any = None, review: Review | None = None, **more: Any) -> None:
        super().__init__(data, initial=more | (_called(review) if review else {}))
        self.unit, self.tiers = unit, tiers_below(unit)
        chosen = list(review.subjects.all()) if review else []
        kept = [s.programme_id for s in chosen if s.programme_id]
        some = list(programmes_to_review(unit).values_list("pk", flat=True)[:MOST])
        self.fields["programmes"].queryset = Programme.objects.filter(pk__in=[*some, *kept])  # type: ignore[attr-defined]  # a model choice
        papers = list(Document.objects.filter(unit=unit).values_list("pk", flat=True)[:MOST])
        papers += [s.document_id for s in chosen if s.document_id]
        self.fields["documents"].queryset = Document.objects.filter(pk__in=papers)  # type: ignore[attr-defined]  # as above
        for tier in [*self.tiers, unit.tier]:
            label = _("%(tier)s: send by") % {"tier": tier}
            hint = _("Left empty: this tier does not write.") if tier.pk != unit.tier_id else ""
            self.fields[f"due-{tier.pk}"] = forms.DateField(
                label=label, widget=DateInput, required=tier.pk == unit.tier_id, help_text=hint
            )

    def clean_under(self) -> str:
        """Refuse a code that no unit of the subtree has."""
        code = str(self.cleaned_data["under"]).strip()
        if code and not Unit.objects.all().below(self.unit).filter(code=code).exists():
            raise forms.ValidationError(_("No unit of yours has this code."))
        return code

    def wanted(self) -> Wanted:
        """Return what was called."""
        clean = self.cleaned_data
        dues: dict[Tier, datetime.date] = {}
        for tier in [*self.tiers, self.unit.tier]:
            if day := clean.get(f"due-{tier.pk}"):
                dues[tier] = day
        return Wanted(
            clean["kind"], clean["title"], clean["since"], clean["until"], tuple(clean["programmes"]),
            tuple(clean["documents"]), clean["words"].splitlines(),
            tuple(t.code for t in dues if t.pk != self.unit.tier_id), clean["under"], dues,
        )  # fmt: skip


def _called(review: Review) -> dict[str, Any]:
    """Return the fields of the form that a prepared review fills."""
    subjects = list(review.subjects.all())
    found: dict[str, Any] = {
        "kind": review.kind, "title": review.title, "since": review.since, "until": review.until,
        "under": review.under, "programmes": [s.programme_id for s in subjects if s.programme_id],
        "documents": [s.document_id for s in subjects if s.document_id],
        "words": "\n".join(s.words for s in subjects if s.words),
    }  # fmt: skip
    return found | {f"due-{one.tier_id}": one.due for one in review.dues.all()}


class GroupsForm(forms.Form):
    """The name of its group beside each task: the same name makes the same group."""

    def __init__(
        self, tasks: Sequence[Task], data: Any = None, named: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(data)
        self.tasks = tasks
        for task in tasks:
            self.fields[f"task-{task.pk}"] = forms.CharField(
                label=str(task), max_length=300, required=False, initial=(named or {}).get(task.pk, ""),
                widget=forms.TextInput(attrs={"list": "groups"}),
            )  # fmt: skip

    def groups(self) -> list[tuple[str, list[Task]]]:
        """Return the groups in the order in which they are first named; a task without a name is in none."""
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            name = " ".join(str(self.cleaned_data.get(f"task-{task.pk}", "")).split())
            if name:
                found.setdefault(name, []).append(task)
        return list(found.items())


class PartForm(forms.Form):
    """What a unit says of a group, or of the whole."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    grade = forms.ChoiceField(
        label=gettext_lazy("Own grade"), required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("What was done, what was not"), required=False, widget=_area(9), max_length=20_000
    )
    causes = forms.MultipleChoiceField(label=gettext_lazy("Causes"), required=False, widget=CHECKS)

    def __init__(
        self, grades: Mapping[str, Code], causes: Mapping[str, Code], data: Any = None, part: Part | None = None,
        revision: int = 0,
    ) -> None:  # fmt: skip
        known = part or Part()
        super().__init__(
            data,
            initial={"revision": revision, "grade": known.grade, "text": known.text, "causes": known.causes},
        )
        self.fields["grade"].choices = [(code, str(one)) for code, one in grades.items()]  # type: ignore[attr-defined]  # a choice
        self.fields["causes"].choices = [(code, str(one)) for code, one in causes.items()]  # type: ignore[attr-defined]  # as above

    def part(self) -> Part:
        """Return what was said."""
        clean = self.cleaned_data
        return Part(clean["grade"], clean["text"].strip(), tuple(clean["causes"]))


class PointForm(forms.Form):
    """A lesson or a follow-up task; an emptied line goes."""

    text = forms.CharField(label=gettext_lazy("Words"), required=False, widget=_area(2), max_length=2000)
    group = forms.TypedChoiceField(
        label=gettext_lazy("Group of tasks"), coerce=int, required=False, empty_value="0"
    )
    due = forms.DateField(label=gettext_lazy("To be done by"), widget=DateInput, required=False)
    source = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, groups: Sequence[TaskGroup], *given: Any, dated: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        whole = _("The whole")
        self.fields["group"].choices = [(OVERALL, whole), *((g.pk, str(g)[:80]) for g in groups)]  # type: ignore[attr-defined]  # a choice
        if not dated:
            del self.fields["due"]

    def point(self) -> Point | None:
        """Return the point, or nothing for an empty line."""
        clean = self.cleaned_data
        text, due = clean["text"].strip(), clean.get("due")
        return (
            Point(text, int(clean["group"] or OVERALL), str(due or ""), clean["source"] or 0)
            if text
            else None
        )


def point_forms(
    name: str, points: Sequence[Point], groups: Sequence[TaskGroup], data: Any = None
) -> list[PointForm]:
    """Return a form for each line that stands, and some empty ones; posted, as many as came."""
    dated = name == "follow"
    if data is not None:
        many = min(len(points) + BLANK_ROWS + 60, _posted(data, name))
        return [PointForm(groups, data, prefix=f"{name}-{n}", dated=dated) for n in range(many)]
    initial: list[dict[str, Any]] = [
        {"text": p.text, "group": p.group, "due": p.day, "source": p.source or None} for p in points
    ]
    initial += [{} for _n in range(BLANK_ROWS)]
    return [
        PointForm(groups, prefix=f"{name}-{n}", initial=one, dated=dated) for n, one in enumerate(initial)
    ]


def _posted(data: Any, name: str) -> int:
    numbers = [int(found[1]) for key in data if (found := re.fullmatch(rf"{name}-(\d{{1,3}})-text", key))]
    return max(numbers, default=-1) + 1


class SendForm(forms.Form):
    """The revision that the head saw, and why a sent review is sent anew."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why it is sent anew"), max_length=500, required=False)


class AcceptForm(forms.Form):
    """The grades of the tier above, each with a remark; the whole has to be graded."""

    n = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, groups: Sequence[TaskGroup], grades: Mapping[str, Code], data: Any = None, n: int = 0
    ) -> None:
        super().__init__(data, initial={"n": n})
        self.keys = [OVERALL, *(group.pk for group in groups)]
        choices = [("", "–"), *((code, str(one)) for code, one in grades.items())]
        for key in self.keys:
            label = next((str(g) for g in groups if g.pk == key), _("The whole"))
            self.fields[f"grade-{key}"] = forms.ChoiceField(
                label=label, choices=choices, required=key == OVERALL
            )
            self.fields[f"remark-{key}"] = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return grade and remark of each line."""
        return [(self[f"grade-{key}"], self[f"remark-{key}"]) for key in self.keys]

    def grades(self) -> dict[int, str]:
        """Return the grades by group."""
        return {key: self.cleaned_data[f"grade-{key}"] for key in self.keys}

    def remarks(self) -> dict[int, str]:
        """Return the remarks by group."""
        return {key: self.cleaned_data[f"remark-{key}"] for key in self.keys}


class ReturnForm(forms.Form):
    """Which groups are returned, none means the whole, and why."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    groups = forms.ModelMultipleChoiceField(
        TaskGroup.objects.none(), label=gettext_lazy("Which groups? None chosen means the whole review."),
        required=False, widget=CHECKS,
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=_area(3))

    def __init__(self, review: Review, data: Any = None, n: int = 0) -> None:
        super().__init__(data, initial={"n": n})
        self.fields["groups"].queryset = review.groups.all()  # type: ignore[attr-defined]  # a model choice


class DrawForm(forms.Form):
    """How many files are drawn, and with which seed."""

    size = forms.IntegerField(label=gettext_lazy("How many files"), min_value=1, max_value=200, initial=10)
    seed = forms.CharField(
        label=gettext_lazy("Seed"), max_length=100, required=False,
        help_text=gettext_lazy("A word or number named in public, such as that day's lottery; empty: one is made."),
    )  # fmt: skip


class CheckForm(forms.Form):
    """What the check of a file found."""

    result = forms.ChoiceField(label=gettext_lazy("What the check found"), choices=SampleItem.Result.choices)
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=500, required=False)


class CarryForm(forms.Form):
    """Which follow-up tasks are proposed to which programme."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Next programme"), empty_label=None
    )
    follow_ups = forms.ModelMultipleChoiceField(
        FollowUp.objects.none(),
        label=gettext_lazy("Follow-up tasks to propose"),
        required=False,
        widget=CHECKS,
    )

    def __init__(self, programmes: Any, follow_ups: Any, data: Any = None, first: int | None = None) -> None:
        super().__init__(data, initial={"programme": first})
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]  # a model choice
        self.fields["follow_ups"].queryset = follow_ups  # type: ignore[attr-defined]  # as above


class TakeForm(forms.Form):
    """The words in which a proposed task is set."""

    text = forms.CharField(label=gettext_lazy("What is to be done"), widget=_area(2), max_length=5000)
    label = forms.CharField(label=gettext_lazy("Label"), max_length=120, required=False)
    due = forms.DateField(label=gettext_lazy("Due"), widget=DateInput, required=False)


class LeaveForm(forms.Form):
    """Why a proposed task is not taken up."""

    reason = forms.CharField(label=gettext_lazy("Why it is not taken up"), max_length=300)


class FileForm(forms.Form):
    """A filled sheet of earlier years."""

    file = forms.FileField(label=gettext_lazy("Filled sheet (XLSX)"), allow_empty_file=True)

    def data_of(self) -> tuple[bytes, str]:
        """Return the bytes and the name; what is too large is read no further."""
        file = self.cleaned_data["file"]
        return file.read(settings.MAX_UPLOAD_BYTES + 1), str(file.name or "")


class OldReportForm(FileForm):
    """A report of an earlier year."""

    year = forms.IntegerField(label=gettext_lazy("Year of the report"), min_value=1900, max_value=2200)
    no_secrecy = forms.BooleanField(
        label=gettext_lazy("The file carries no secrecy mark (asked only where its text cannot be read)"),
        required=False,
    )
    field_order = ("year", "file", "no_secrecy")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["file"].label = gettext_lazy("Report of that year (Word, PDF)")


class CodesForm(forms.Form):
    """The grades, the best first, and the causes of an organisation: one a line, Vietnamese, a bar, English."""

    grades = forms.CharField(
        label=gettext_lazy("Grades, the best first"), widget=_area(6),
        help_text=gettext_lazy("One a line. After a bar (|) stands the English name."),
    )  # fmt: skip
    causes = forms.CharField(
        label=gettext_lazy("Causes"), widget=_area(9),
        help_text=gettext_lazy("One a line. After a bar (|) stands the English name."),
    )  # fmt: skip

    def __init__(self, known: Mapping[str, Sequence[Mapping[str, Any]]], data: Any = None) -> None:
        super().__init__(data, initial={name: _lines(known.get(name, ())) for name in ("grades", "causes")})
        self.known = known

    def codes(self, name: str) -> list[dict[str, Any]]:
        """Return the lines as codes; a name that was there keeps its code, so that ratings stay comparable."""
        kept = {one["name"]: one["code"] for one in self.known.get(name, ())}
        used, found = set(kept.values()), []
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()][:20]
        for place, line in enumerate(lines):
            said, _bar, english = line.partition("|")
            code = kept.get(said.strip()) or _free(name[0], used)
            used.add(code)
            row: dict[str, Any] = {"code": code, "name": said.strip()[:120], "name_en": english.strip()[:120]}
            found.append(row | {"value": len(lines) - place} if name == "grades" else row)
        return found


def _free(letter: str, used: set[str]) -> str:
    return next(code for n in range(1, 1000) if (code := f"{letter}{n}") not in used)


def _lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{one['name']} | {one['name_en']}" if one.get("name_en") else one["name"] for one in rows
    )


def tie_choices(
    groups: Sequence[TaskGroup], data: Any, passages: Sequence[int]
) -> dict[int, TaskGroup | None]:
    """Read the group chosen for each passage of a page; what is no group of the review sets the passage aside."""
    by_pk = {str(group.pk): group for group in groups}
    return {pk: by_pk.get(str(data[f"group-{pk}"])) for pk in passages if f"group-{pk}" in data}


def language_of_papers() -> str:
    """Return the language in which a person's papers are written."""
    return "en" if get_language() == "en" else "vi"


def subject_tasks(subject: Subject) -> list[Task]:
    """Return the tasks of a programme under review that can be grouped; one query."""
    own = Task.objects.filter(programme=subject.programme, parent=None, set_by=None, rescinded=False)
    return list(own.order_by("order", "pk")[:300])
