import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep what was published of a review."""

    dependencies = [
        ('reviews', '0001_first'),
        ('units', '0010_receipts'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField()),
                ('values', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('docx', models.CharField(max_length=64)),
                ('pdf', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('published_by_seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.seat')),
                ('unit_review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='reviews.unitreview')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='reviews.reviewversion')),
            ],
            options={
                'ordering': ['n'],
                'constraints': [
                    models.UniqueConstraint(fields=('unit_review', 'n'), name='review_edition_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('docx', ''), _negated=True), models.Q(('pdf', ''), _negated=True)), name='published_review_is_frozen'),
                ],
            },
        ),
    ]
