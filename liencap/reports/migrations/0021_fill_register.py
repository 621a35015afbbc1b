from django.db import migrations

KINDS = {'vi': 'BC', 'en': 'RPT'}


def fill(apps, schema_editor):
    """Enter every published report and edition that has no row yet, and name on those that have what they print."""
    Report = apps.get_model('reports', 'ConsolidatedReport')
    for report in Report.objects.filter(state='published').order_by('pk').iterator(chunk_size=50):
        kept = apps.get_model('reports', 'Registration').objects.filter(report=report).first()
        row = _row(apps, report, report, 'consolidated_report', report.values, 1, None, kept)
        for edition in report.editions.filter(state='published').order_by('n'):
            full = edition.kind == 'full'
            made = _row(apps, report, edition, 'report_edition', edition.values, edition.n, row if full else None, None)
            row = made if full else row


def _row(apps, report, paper, kind, values, n, replaces, kept):
    row = kept or apps.get_model('reports', 'Registration')(
        unit_id=report.unit_id, kind=KINDS.get(values.get('language'), 'BC')
    )
    row.source_kind, row.source_id = kind, paper.pk
    row.title, row.period = values['subject'][:500], values.get('period', '')[:200]
    row.edition, row.replaces, row.sha256, row.published_at = n, replaces, paper.sha256, paper.published_at
    row.save()
    if replaces is not None:
        Record = apps.get_model('archive', 'Record')
        old = Record.objects.filter(source_kind=replaces.source_kind, source_id=replaces.source_id).first()
        Record.objects.filter(source_kind=kind, source_id=paper.pk).update(replaces=old)
    return row


class Migration(migrations.Migration):
    """Fill the register with what was published before it held every paper."""

    dependencies = [
        ('reports', '0020_register'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
