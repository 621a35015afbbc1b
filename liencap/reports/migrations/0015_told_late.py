"""Late passages flag what was composed; passages know the passages they were made of."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

PROTECT = django.db.models.deletion.PROTECT


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def link(to, **more):
    return models.ForeignKey(on_delete=PROTECT, to=to, **{"related_name": "+", **more})


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_delivery")]
    operations = [
        migrations.CreateModel(
            name="Late",
            fields=[
                key(),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("before", link("reports.passage", null=True)),
                ("looked_by_seat", link("units.seat", null=True)),
                ("passage", link("reports.passage", null=True)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="late", to="reports.consolidatedreport")),
                ("task", link("programmes.task")),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="PassageSource",
            fields=[
                key(),
                ("passage", link("reports.passage", related_name="drawn_from")),
                ("source", link("reports.passage", related_name="drawn_into")),
            ],
        ),
        migrations.AddIndex(
            model_name="late",
            index=models.Index(condition=Q(("looked_at", None)), fields=["report", "task"], name="late_words_open"),
        ),
        migrations.AddConstraint(
            model_name="late",
            constraint=models.CheckConstraint(
                condition=Q(("passage__isnull", False), ("before__isnull", False), _connector="OR"), name="late_names_a_passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="passagesource",
            constraint=models.UniqueConstraint(fields=("passage", "source"), name="one_source_a_passage"),
        ),
    ]
