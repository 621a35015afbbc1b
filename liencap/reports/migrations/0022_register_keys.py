from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Hold the register to one row a paper, numbered wholly or not at all."""

    dependencies = [
        ('reports', '0021_fill_register'),
    ]

    operations = [
        migrations.RemoveField('registration', 'report'),
        migrations.AlterField('registration', 'published_at', models.DateTimeField()),
        migrations.AlterModelOptions('registration', {'ordering': [F('year').desc(nulls_first=True), F('n').desc(nulls_first=True), '-pk']}),
        migrations.AddConstraint('registration', models.UniqueConstraint(fields=('source_kind', 'source_id'), name='registered_once')),
        migrations.AddConstraint('registration', models.CheckConstraint(
            condition=Q(n=None, year=None, date=None, symbol='', docx='', pdf='')
            | Q(n__isnull=False, year__isnull=False, date__isnull=False) & ~Q(symbol='') & ~Q(docx='') & ~Q(pdf=''),
            name='numbered_wholly',
        )),
    ]
