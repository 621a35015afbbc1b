"""Sentences with their sources in the place of one text a task; coded causes, lengths, steps to undo."""

import django.db.models.deletion
from django.db import migrations, models

QUESTIONS = [("result", "Results"), ("cause", "Causes"), ("difficulty", "Difficulties"), ("proposal", "Proposals")]


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "__first__"),
        ("reports", "0009_issuing"),
        ("units", "__first__"),
    ]
    operations = [
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveIntegerField(default=0)),
                ("retired", models.BooleanField(default=False)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="causes", to="units.unit")),
            ],
            options={"ordering": ["order", "pk"]},
        ),
        migrations.CreateModel(
            name="LengthBudget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(choices=QUESTIONS, max_length=10)),
                ("words", models.PositiveIntegerField()),
                ("tier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.tier")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit")),
            ],
        ),
        migrations.CreateModel(
            name="ComposedStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField()),
                ("deed", models.CharField(max_length=20)),
                ("before", models.JSONField(default=dict)),
                ("undone", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_seat", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.seat")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="reports.consolidatedreport")),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.task")),
            ],
            options={"ordering": ["-n"]},
        ),
        migrations.AddField(
            model_name="passage",
            name="cause",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="reports.cause"),
        ),
        migrations.RemoveConstraint(model_name="composedtask", name="one_text_a_task"),
        migrations.RemoveConstraint(model_name="composedpassage", name="one_choice_a_passage"),
        migrations.RenameModel(old_name="ComposedTask", new_name="Sentence"),
        migrations.AlterModelOptions(name="sentence", options={"ordering": ["order", "pk"]}),
        migrations.AlterField(
            model_name="sentence",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sentences", to="reports.consolidatedreport"),
        ),
        migrations.AddField(model_name="sentence", name="question", field=models.CharField(choices=QUESTIONS, default="result", max_length=10)),
        migrations.AddField(model_name="sentence", name="order", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(
            model_name="sentence",
            name="kind",
            field=models.CharField(choices=[("own", "Own words"), ("quote", "Quote"), ("merge", "Merged"), ("summary", "Summary")], default="own", max_length=8),
        ),
        migrations.AddField(
            model_name="composedpassage",
            name="sentence",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="reports.sentence"),
        ),
        migrations.AddField(model_name="composedpassage", name="reason", field=models.CharField(blank=True, max_length=500)),
        migrations.AlterField(
            model_name="composedpassage",
            name="passage",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="reports.passage"),
        ),
        migrations.AddIndex(model_name="sentence", index=models.Index(fields=["report", "task", "order"], name="sentence_order")),
        migrations.AddConstraint(model_name="cause", constraint=models.UniqueConstraint(fields=("unit", "code"), name="cause_code")),
        migrations.AddConstraint(
            model_name="lengthbudget",
            constraint=models.UniqueConstraint(fields=("unit", "tier", "question"), name="one_length_a_question"),
        ),
        migrations.AddConstraint(
            model_name="composedstep", constraint=models.UniqueConstraint(fields=("report", "n"), name="one_step_a_revision")
        ),
    ]
