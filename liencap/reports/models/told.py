"""What is made of the units' words: coded causes, lengths, the sentences of a consolidated report and their history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liencap.reports.models.consolidated import ConsolidatedReport
from liencap.reports.models.reporting import Passage


class Cause(models.Model):
    """A cause by its code in the list of a unit; it holds for the unit and all below. Used ones are only retired."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="causes")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="cause_code")]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class LengthBudget(models.Model):
    """How many words a tier is asked to keep to on one question of a task; a longer text is warned of, never cut."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    tier = models.ForeignKey("units.Tier", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, choices=Passage.Question.choices)
    words = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "tier", "question"], name="one_length_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.tier_id} {self.question}: {self.words}"


class Sentence(models.Model):
    """A sentence or paragraph of a consolidated report; its sources are the `uses` that name it."""

    class Kind(models.TextChoices):
        OWN = "own", _("Own words")
        QUOTE = "quote", _("Quote")
        MERGE = "merge", _("Merged")
        SUMMARY = "summary", _("Summary")

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="sentences")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(
        max_length=10, choices=Passage.Question.choices, default=Passage.Question.RESULT
    )
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OWN)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["report", "task", "order"], name="sentence_order")]

    def __str__(self) -> str:
        return self.text[:60]


class ComposedPassage(models.Model):
    """What the author did with a passage: a sentence draws on it, or it is set aside with a reason."""

    class Choice(models.TextChoices):
        QUOTE = "quote", _("Quote")
        MERGE = "merge", _("Taken up in the text")
        ASIDE = "aside", _("Set aside")

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="choices")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="uses")
    choice = models.CharField(max_length=6, choices=Choice.choices)
    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, null=True, related_name="uses")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sentence", "passage"], name="one_use_a_sentence"),
            models.UniqueConstraint(
                fields=["report", "passage"], condition=Q(choice="aside"), name="set_aside_once"
            ),
            models.CheckConstraint(
                condition=Q(choice="aside", sentence__isnull=True)
                | ~Q(choice="aside") & Q(sentence__isnull=False),
                name="used_or_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.choice}"


class ComposedStep(models.Model):
    """One deed on a task of a consolidated report, with what stood before it, so that it can be undone.

    `n` is the report's revision after the deed; the newest step of a task is what two authors are held apart by.
    """

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="steps")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    deed = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
    by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["report", "n"], name="one_step_a_revision")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.n} {self.deed}"


class Late(models.Model):
    """A passage that came, changed or went after its task was composed; open until somebody has looked.

    `passage` is the new one, `before` what stood in the tray until then; one of them may be missing.
    Both are the same where words were taken out of it since.
    """

    report = models.ForeignKey(ConsolidatedReport, on_delete=models.CASCADE, related_name="late")
    task = models.ForeignKey("programmes.Task", on_delete=models.PROTECT, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True)
    looked_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["report", "task"], condition=Q(looked_at=None), name="late_words_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(passage__isnull=False) | Q(before__isnull=False), name="late_names_a_passage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.task_id}"


class PassageSource(models.Model):
    """A passage of a unit's own report that was made of a passage from below: the way down from tier to tier."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="drawn_from")
    source = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="drawn_into")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "source"], name="one_source_a_passage")]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.source_id}"
