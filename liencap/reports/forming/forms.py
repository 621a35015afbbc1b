"""Parse what the editor of a form says; nothing here is saved."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from liencap.programmes.models import Task
from liencap.reports.forming.values import IndicatorInput
from liencap.reports.models import Indicator, Passage
from liencap.reports.numbers import number_advice, number_text, number_typed
from liencap.units.models import Tier

SEVERITY = [
    ("warn", gettext_lazy("Warn: may be sent with a reason")),
    ("block", gettext_lazy("Block: cannot be sent")),
]
TIME = [
    ("sum", gettext_lazy("What happened in the period: periods are added up")),
    ("last", gettext_lazy("How it stands at the end: the last period counts")),
    ("average", gettext_lazy("The average of the periods counts")),
    ("max", gettext_lazy("The highest of the periods counts")),
    ("none", gettext_lazy("Each period stands for itself")),
]
CONTINUES = [
    ("same", gettext_lazy("The same measure: figures can be compared")),
    ("factor", gettext_lazy("Another unit of measure: old figures are converted")),
    ("break", gettext_lazy("Something else: a break, not to be compared")),
]
EVIDENCE = [
    ("none", gettext_lazy("No files")),
    ("optional", gettext_lazy("Files if they wish")),
    ("required", gettext_lazy("A file is required where something was done")),
]


class NumberField(forms.CharField):
    """A number as people of the reader's language write it; empty is none."""

    def prepare_value(self, value: Any) -> Any:
        """Write a number as it would be typed."""
        return number_text(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """Read a number or say why it is none."""
        typed = super().clean(value)
        if not typed:
            return None
        number = number_typed(typed)
        if number is None:
            raise forms.ValidationError(number_advice(typed))
        return number


class IndicatorForm(forms.Form):
    """One indicator: what is asked, how it adds up, what is checked, and how it continues the form before."""

    task = forms.ModelChoiceField(Task.objects.none(), label=gettext_lazy("Task"))
    name = forms.CharField(label=gettext_lazy("Indicator"), max_length=300)
    name_en = forms.CharField(label=gettext_lazy("In English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=Indicator.Kind.choices)
    measured_in = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=40, required=False)
    measured_in_en = forms.CharField(
        label=gettext_lazy("Unit of measure, in English"), max_length=40, required=False
    )
    scale = forms.IntegerField(
        label=gettext_lazy("Decimals"), min_value=0, max_value=4, initial=0, required=False
    )
    options = forms.CharField(
        label=gettext_lazy("Options of a choice"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line; the English may follow after a bar: Tốt | Good."),
    )  # fmt: skip
    help = forms.CharField(
        label=gettext_lazy("How to count it"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    help_en = forms.CharField(
        label=gettext_lazy("How to count it, in English"), max_length=500, required=False
    )
    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Which tiers are asked"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen means all."),
    )  # fmt: skip
    place = forms.IntegerField(
        label=gettext_lazy("Place in the form"), min_value=1, max_value=999, required=False
    )
    time_axis = forms.ChoiceField(label=gettext_lazy("Over time"), choices=TIME)
    added = forms.BooleanField(label=gettext_lazy("The figures of units are added up"), required=False)
    personal = forms.BooleanField(
        label=gettext_lazy("Counts people by a personal attribute"), required=False,
        help_text=gettext_lazy(
            "Sex, age, ethnicity, religion, disability: figures from 1 to 9 are then shown to no other unit."
        ),
    )  # fmt: skip
    required = forms.ChoiceField(
        label=gettext_lazy("Must be filled in"), choices=[("", gettext_lazy("No")), *SEVERITY], required=False
    )
    low = NumberField(label=gettext_lazy("Expected: at least"), required=False)
    high = NumberField(label=gettext_lazy("Expected: at most"), required=False)
    range = forms.ChoiceField(label=gettext_lazy("Outside of that"), choices=SEVERITY, required=False)
    rises = forms.ChoiceField(
        label=gettext_lazy("Less than in the period before"), required=False,
        choices=[("", gettext_lazy("Nothing")), *SEVERITY],
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("It is the sum of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sums = forms.ChoiceField(label=gettext_lazy("When the sum differs"), choices=SEVERITY, required=False)
    continues = forms.ChoiceField(
        label=gettext_lazy("Compared with the form before"), choices=CONTINUES, required=False
    )
    before = forms.ChoiceField(label=gettext_lazy("Which it continues"), required=False)
    factor = forms.CharField(
        label=gettext_lazy("Old figures times"), max_length=40, required=False,
        help_text=gettext_lazy("From tonnes to kilograms: 1000. The other way: 1/1000."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, tasks: Any, rows: Sequence[IndicatorInput], code: str, before: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        task = self.fields["task"]
        assert isinstance(task, forms.ModelChoiceField)
        task.queryset = tasks
        english = get_language() == "en"
        tiers = [(t.code, (t.name_en if english else "") or t.name) for t in Tier.objects.order_by("rank")]
        self._offer("tiers", tiers)
        number = ("number", "money")
        self._offer(
            "parts", [(r.code, r.title(english)) for r in rows if r.code != code and r.kind in number]
        )
        older = [(i.code, str(i)) for i in before.indicators.all()] if before else []
        self._offer("before", [("", _("The one of the same code, or none")), *older])
        if not older:
            for name in ("continues", "before", "factor"):
                del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Fill in what browsers leave out, and ask for options and a factor where they are needed."""
        data = self.cleaned_data
        data["scale"], data["factor"] = data.get("scale") or 0, (data.get("factor") or "1").strip()
        if data.get("kind") == Indicator.Kind.CHOICE and len(data.get("options", "").split("\n")) < 2:
            self.add_error("options", _("Name at least two options, one a line."))
        if data.get("kind") == Indicator.Kind.CHOICE and data.get("time_axis") == "average":
            data["time_axis"] = "last"
        return data


class AskedForm(forms.Form):
    """What is asked of a task beside figures: questions in whose words, how long, and files."""

    evidence = forms.ChoiceField(label=gettext_lazy("Files that show the work"), choices=EVIDENCE)

    def __init__(self, *args: Any, said: Mapping[str, Any], **kw: Any) -> None:
        questions = said.get("questions")
        initial: dict[str, Any] = {"evidence": said.get("evidence", "optional")}
        for key in Passage.Question.values:
            own = (questions or {}).get(key, {})
            initial |= {f"ask-{key}": questions is None or key in questions, f"vi-{key}": own.get("vi", "")}
            initial |= {f"en-{key}": own.get("en", ""), f"most-{key}": own.get("most") or None}
        super().__init__(*args, **{**kw, "initial": initial})
        for key, label in Passage.Question.choices:
            self.fields[f"ask-{key}"] = forms.BooleanField(label=str(label), required=False)
            self.fields[f"vi-{key}"] = forms.CharField(label=_("Own words"), max_length=200, required=False)
            self.fields[f"en-{key}"] = forms.CharField(label=_("In English"), max_length=200, required=False)
            self.fields[f"most-{key}"] = forms.IntegerField(
                label=_("Letters at most"), min_value=1, max_value=20_000, required=False
            )

    def groups(self) -> list[list[Any]]:
        """Return the fields of each question together."""
        return [
            [self[f"{part}-{key}"] for part in ("ask", "vi", "en", "most")] for key in Passage.Question.values
        ]

    def said(self) -> dict[str, Any]:
        """Return what is asked as a form keeps it."""
        data = self.cleaned_data
        return {
            "evidence": data["evidence"],
            "questions": {
                key: {"vi": data[f"vi-{key}"], "en": data[f"en-{key}"], "most": data[f"most-{key}"] or 0}
                for key in Passage.Question.values
                if data[f"ask-{key}"]
            },
        }
