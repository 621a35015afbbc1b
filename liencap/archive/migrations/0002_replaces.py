import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a record say in whose place it stands."""

    dependencies = [
        ('archive', '0001_first'),
    ]

    operations = [
        migrations.AddField('record', 'replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='archive.record')),
    ]
