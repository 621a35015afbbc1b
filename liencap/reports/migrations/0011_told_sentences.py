"""Make sentences of what was composed: the text with what it took up, then each quote."""

from django.db import migrations


def make_sentences(apps, schema_editor):
    Sentence = apps.get_model("reports", "Sentence")
    Use = apps.get_model("reports", "ComposedPassage")
    Sentence.objects.filter(text="").delete()
    texts = {(s.report_id, s.task_id): s for s in Sentence.objects.all()}
    for use in Use.objects.select_related("passage").exclude(choice="aside").order_by("pk").iterator(500):
        place = (use.report_id, use.passage.task_id)
        if use.choice == "merge":
            sentence = texts.get(place)
            if sentence is None:
                use.delete()  # taken up in a text that was never written
                continue
            if sentence.kind != "merge":
                sentence.kind = "merge"
                sentence.save(update_fields=["kind"])
        else:
            sentence = Sentence.objects.create(
                report_id=use.report_id,
                task_id=use.passage.task_id,
                question=use.passage.question,
                order=use.pk + 1,
                kind="quote",
                text=use.passage.text,
            )
        use.sentence = sentence
        use.save(update_fields=["sentence"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_told")]
    operations = [migrations.RunPython(make_sentences, migrations.RunPython.noop, elidable=True)]
