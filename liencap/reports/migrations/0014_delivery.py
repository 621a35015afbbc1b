"""What devices brought once their line was back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0013_editions")]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("user_id", models.BigIntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "version",
                    models.PositiveIntegerField(help_text="the number of the version that was sent", null=True),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="reports.report"
                    ),
                ),
            ],
        )
    ]
