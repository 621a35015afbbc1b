"""Keep with each workbook which words of each task it was handed out with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offline", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="issuedform",
            name="words",
            field=models.JSONField(default=dict, help_text="the version of each task it asks about, by id"),
        )
    ]
