"""Documents, their versions as they came, and what was read from each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liencap.core.text import fold, sort_key


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents for lists."""

    def matching(self, typed: str) -> "DocumentQuerySet":
        """Keep documents whose title, number or issuer holds what was typed, without diacritics."""
        return self.filter(folded__contains=fold(typed)) if typed.strip() else self


class Document(models.Model):
    """A document that a unit keeps; what it is stands in its newest version.

    A `draft` is shown by the room whose draft it is, to those it was sent to: no list and no seat above finds it.
    """

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    draft = models.BooleanField(default=False)
    folded = models.CharField(max_length=900, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "-id"], name="document_unit")]

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        """Set the columns for search and order."""
        self.folded = fold(f"{self.number} {self.title} {self.issuer}")[:900]
        self.sort_key = sort_key(self.title)[:400]


class Version(models.Model):
    """A file of a document as it came; its bytes are named by their sha256 and never change."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    filename = models.CharField(max_length=255)
    content_kind = models.CharField(max_length=20)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by_seat = models.ForeignKey("units.Seat", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["document", "n"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.n} {self.filename}"


class Reading(models.Model):
    """What was read from a version: the text, the plan found in it, or why it cannot be read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Cannot be read")

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="reading")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    job = models.ForeignKey("work.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)
    plan = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=300, blank=True)
    finished = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"


class Letterhead(models.Model):
    """What stands at the head of a unit's papers, where it differs from what the tree says.

    The form counts for all units below too, until one of them has its own; the lines are the unit's alone.
    """

    class Form(models.TextChoices):
        STATE = "state", _("Administrative: with the name of the state and its motto")
        PARTY = "party", _("Party: with the name of the party")
        PLAIN = "plain", _("Plain: the organisation's own lines only")

    unit = models.OneToOneField("units.Unit", on_delete=models.PROTECT, related_name="letterhead")
    form = models.CharField(max_length=5, choices=Form.choices, default=Form.PLAIN)
    authority = models.CharField(max_length=250, blank=True, help_text="the body above, as papers name it")
    issuer = models.CharField(max_length=250, blank=True, help_text="the unit, as papers name it")
    place = models.CharField(max_length=120, blank=True, help_text="where papers are dated")
    on_behalf = models.CharField(
        max_length=250, blank=True, help_text="in whose name the head signs: TM., T/M"
    )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.form}"
