"""The words of texts, by which rooms find their rows; the database's own full-text index stands beside the table."""

from django.db import models


class Entry(models.Model):
    """A stretch of a row's text: its words folded and with marks, and where the stretch stands in the text.

    SQLite indexes them in the FTS5 table `search_words`, PostgreSQL in two tsvector columns (migration 0002).
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    part = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    folded = models.TextField()
    marked = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "part"], name="one_entry_a_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}/{self.part}"
