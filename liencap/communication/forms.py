"""Parse lines of the plan, rules that choose units, records of what was done, answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.communication.access import channels_for
from liencap.communication.content import Attendance, ItemWords, SessionWords
from liencap.communication.models import Channel, Item, Session
from liencap.documents.models import Document
from liencap.programmes.models import Programme, Task
from liencap.programmes.queries import Rule
from liencap.ui.widgets import DateInput
from liencap.units.models import Seat, Tier, Unit

MOST_CHOICES = 200
CHECKS = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChannelForm(forms.Form):
    """A channel of the unit's own."""

    name = forms.CharField(label=gettext_lazy("Name of the channel"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120, required=False)
    place = forms.CharField(label=gettext_lazy("Where it is found"), max_length=300, required=False)


class ItemForm(forms.Form):
    """A line of the plan; a study asks for its document and sessions, a communication item for channels."""

    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=300)
    message = forms.CharField(
        label=gettext_lazy("What is to be said, or studied for"), widget=_area(3), required=False
    )
    audience = forms.CharField(label=gettext_lazy("For whom"), max_length=300, required=False)
    since = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy("Empty when it is one day."),
    )
    until = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput)
    sessions_each = forms.IntegerField(
        label=gettext_lazy("Sessions that each unit holds"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("Nought when it is only published."),
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), label=gettext_lazy("Through which channels"), required=False, widget=CHECKS
    )
    document = forms.ModelChoiceField(Document.objects.none(), label=gettext_lazy("Document"), required=False)
    material = forms.CharField(
        label=gettext_lazy("Materials: documents and links, one a line"), widget=_area(2), required=False
    )
    discuss = forms.CharField(
        label=gettext_lazy("Questions to discuss, one a line"), widget=_area(2), required=False
    )
    owner_seat = forms.ModelChoiceField(Seat.objects.none(), label=gettext_lazy("In charge"), required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Programme it belongs to"), required=False
    )
    task = forms.ModelChoiceField(
        Task.objects.none(), label=gettext_lazy("Task it carries out"), required=False
    )
    why = forms.CharField(
        label=gettext_lazy("Why it is changed; the units that hold it read this"), max_length=300
    )

    def __init__(self, unit: Unit, kind: str, item: Item | None, data: Any = None, **more: Any) -> None:
        super().__init__(data, initial=more | (_initial(item) if item else {"sessions_each": 0}))
        self._choices(unit)
        if kind == Item.Kind.STUDY:
            self.fields["sessions_each"] = forms.IntegerField(
                label=gettext_lazy("Sessions that each unit holds"),
                min_value=1,
                max_value=99,
                initial=item.sessions_each if item else 1,
            )
            self.initial["sessions_each"] = item.sessions_each if item else 1
            self.fields["audience"].label = gettext_lazy("Who must attend")
            self.order_fields(["title", "document"])
        else:
            del self.fields["discuss"]
        if item is None or item.state != Item.State.ISSUED:
            del self.fields["why"]

    def _choices(self, unit: Unit) -> None:
        """Offer what belongs to the unit: its channels, documents, seats, and the programmes it set or holds."""
        self.fields["channels"].queryset = channels_for(unit)  # type: ignore[attr-defined]  # a model choice
        documents = Document.objects.filter(unit=unit, draft=False).values("pk")[:MOST_CHOICES]
        self.fields["document"].queryset = Document.objects.filter(pk__in=list(_keys(documents)))  # type: ignore[attr-defined]  # as above
        seats = unit.seats.filter(until__isnull=True).select_related("role", "unit")
        self.fields["owner_seat"].queryset = seats  # type: ignore[attr-defined]  # as above
        active = Programme.objects.filter(state=Programme.State.ACTIVE)
        own = active.filter(unit__in=unit.path_ids).order_by("-pk")
        self.fields["programme"].queryset = own  # type: ignore[attr-defined]  # as above
        tasks = Task.objects.filter(programme__in=own.values("pk"), parent__isnull=True)
        some = list(_keys(tasks.order_by("-programme_id", "order").values("pk")[:MOST_CHOICES]))
        self.fields["task"].queryset = Task.objects.filter(pk__in=some)  # type: ignore[attr-defined]  # as above

    def words(self) -> ItemWords:
        """Return what was written."""
        clean = self.cleaned_data
        task = clean["task"]
        names = (
            "title", "until", "since", "message", "audience", "material", "sessions_each", "owner_seat", "document",
        )  # fmt: skip
        return ItemWords(
            **{name: clean[name] for name in names}, discuss=clean.get("discuss", ""), task=task,
            programme=clean["programme"] or (task.programme if task else None), channels=tuple(clean["channels"]),
        )  # fmt: skip


def _keys(rows: Any) -> list[int]:
    return [row["pk"] for row in rows]


def _initial(item: Item) -> dict[str, Any]:
    names = (
        "title", "message", "audience", "since", "until", "sessions_each", "document", "material", "discuss",
        "owner_seat", "programme", "task",
    )  # fmt: skip
    return {name: getattr(item, name) for name in names} | {"channels": item.channels.all()}


class HandForm(forms.Form):
    """Which units."""

    tiers = forms.ModelMultipleChoiceField(
        Tier.objects.all(),
        to_field_name="code",
        label=gettext_lazy("Tiers"),
        required=False,
        widget=CHECKS,
    )
    under = forms.CharField(label=gettext_lazy("Under the unit with the code"), max_length=40, required=False)
    codes = forms.CharField(
        label=gettext_lazy("Or these units, by their codes"), required=False, widget=_area(2)
    )

    def rule(self) -> Rule:
        """Return the rule that the fields say."""
        clean = self.cleaned_data
        codes = tuple(clean["codes"].replace(",", " ").replace(";", " ").split())
        return Rule(tuple(tier.code for tier in clean["tiers"]), clean["under"].strip(), codes=codes)


class PassForm(HandForm):
    """Which units below, with words and a day of one's own."""

    due = forms.DateField(label=gettext_lazy("To be done by"), widget=DateInput, required=False)
    added = forms.CharField(
        label=gettext_lazy("What your unit adds to it"), widget=_area(3), required=False, max_length=4000
    )


class DoneForm(forms.Form):
    """Where something was published, and when."""

    on = forms.DateField(label=gettext_lazy("On which day"), widget=DateInput)
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), label=gettext_lazy("Through which channels"), required=False, widget=CHECKS
    )
    where = forms.CharField(
        label=gettext_lazy("Where exactly: address, number, place"), max_length=500, required=False
    )

    def __init__(self, unit: Unit, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["channels"].queryset = channels_for(unit)  # type: ignore[attr-defined]  # a model choice


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SessionForm(forms.Form):
    """When, where and by whom."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    speaker = forms.CharField(label=gettext_lazy("Who presents"), max_length=200, required=False)
    mode = forms.ChoiceField(label=gettext_lazy("How it is held"), choices=Session.Mode.choices)

    def words(self) -> SessionWords:
        """Return what was written."""
        names = ("day", "hour", "place", "speaker", "mode")
        return SessionWords(**{name: self.cleaned_data[name] for name in names})


class MoveForm(SessionForm):
    """A planned session's new day, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is moved"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed when the day changes."),
    )


class HeldForm(forms.Form):
    """That a session was held: two numbers, and what stayed unclear."""

    day = forms.DateField(label=gettext_lazy("On which day"), widget=DateInput)
    expected = forms.IntegerField(
        label=gettext_lazy("Should attend"),
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    came = forms.IntegerField(
        label=gettext_lazy("Came"),
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    questions = forms.CharField(
        label=gettext_lazy("What was unclear, one question a line"),
        widget=_area(3),
        required=False,
        help_text=gettext_lazy(
            "Questions on the document, without names: not who asked, nor what anybody thinks."
        ),
    )
    material = forms.CharField(label=gettext_lazy("Materials used"), max_length=500, required=False)
    names_checked = forms.BooleanField(
        label=gettext_lazy("The name belongs to the matter; no view of this person is recorded"),
        required=False,
    )

    def __init__(self, data: Any = None, *, warned: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if not warned:
            del self.fields["names_checked"]

    def seen(self) -> Attendance:
        """Return what was recorded."""
        clean = self.cleaned_data
        questions = tuple(line for line in clean["questions"].splitlines() if line.strip())
        return Attendance(clean["expected"], clean["came"], clean["material"], questions)


class AnswerForm(forms.Form):
    """One wording of questions that say the same, and the answer for all."""

    question = forms.CharField(
        label=gettext_lazy("The question, in general words"), widget=_area(2), max_length=1000
    )
    text = forms.CharField(label=gettext_lazy("The answer"), widget=_area(5), max_length=8000)
    names_checked = forms.BooleanField(
        label=gettext_lazy("The name belongs to the matter; no view of this person is recorded"),
        required=False,
    )

    def __init__(self, data: Any = None, *, warned: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if not warned:
            del self.fields["names_checked"]


class FileForm(forms.Form):
    """A file, what it shows, and the declaration that is asked where its text cannot be looked at."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    caption = forms.CharField(label=gettext_lazy("What it shows"), max_length=200)
    no_secrecy = forms.BooleanField(
        label=gettext_lazy("I have looked: the document carries no secrecy mark"),
        required=False,
        help_text=gettext_lazy("Needed for scans and files that cannot be read here."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file beyond the limit before its bytes are read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return file
