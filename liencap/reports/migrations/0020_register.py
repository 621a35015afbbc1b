import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Give the register a row for every published paper, named as the archive names it; the next one fills them."""

    dependencies = [
        ('archive', '0002_replaces'),
        ('reports', '0019_files_taken_out'),
        ('units', '0010_receipts'),
    ]

    operations = [
        migrations.AddField('registration', 'source_kind', models.CharField(default='', max_length=40), preserve_default=False),
        migrations.AddField('registration', 'source_id', models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField('registration', 'title', models.CharField(default='', max_length=500), preserve_default=False),
        migrations.AddField('registration', 'period', models.CharField(blank=True, max_length=200, default=''), preserve_default=False),
        migrations.AddField('registration', 'edition', models.PositiveIntegerField(default=1)),
        migrations.AddField('registration', 'replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='reports.registration')),
        migrations.AddField('registration', 'sha256', models.CharField(default='', max_length=64), preserve_default=False),
        migrations.AddField('registration', 'published_at', models.DateTimeField(null=True)),
        migrations.AlterField('registration', 'report', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registration', to='reports.consolidatedreport')),
        migrations.AlterField('registration', 'year', models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField('registration', 'n', models.PositiveIntegerField(null=True)),
        migrations.AlterField('registration', 'symbol', models.CharField(blank=True, max_length=80)),
        migrations.AlterField('registration', 'date', models.DateField(null=True)),
        migrations.AlterField('registration', 'docx', models.CharField(blank=True, max_length=64)),
        migrations.AlterField('registration', 'pdf', models.CharField(blank=True, max_length=64)),
        migrations.AlterField('registration', 'at', models.DateTimeField(null=True)),
    ]
