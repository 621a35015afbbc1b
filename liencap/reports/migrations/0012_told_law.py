"""A passage is used by a sentence or set aside, never both at once in one row."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_told_sentences")]
    operations = [
        migrations.AddConstraint(
            model_name="composedpassage",
            constraint=models.UniqueConstraint(fields=("sentence", "passage"), name="one_use_a_sentence"),
        ),
        migrations.AddConstraint(
            model_name="composedpassage",
            constraint=models.UniqueConstraint(condition=Q(("choice", "aside")), fields=("report", "passage"), name="set_aside_once"),
        ),
        migrations.AddConstraint(
            model_name="composedpassage",
            constraint=models.CheckConstraint(
                condition=Q(("choice", "aside"), ("sentence__isnull", True)) | Q(~Q(("choice", "aside")), ("sentence__isnull", False)),
                name="used_or_aside",
            ),
        ),
    ]
