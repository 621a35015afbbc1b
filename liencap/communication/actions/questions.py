"""Write down what was unclear, forward it up, answer it for all, take out what may not stand."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.communication.access import ANSWER, RECORD, REDACT
from liencap.communication.models import Answer, Item, Question, Session, Share
from liencap.communication.names import names_in
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.models import Unit

LONGEST = 1000
MOST = 50  # questions of one session


@transaction.atomic
def ask(
    share: Share,
    session: Session | None,
    texts: Iterable[str],
    *,
    actor: Actor,
    names_checked: bool = False,
) -> list[Question]:
    """Send what was unclear to the unit above; the same words of the same session are one question.

    A text that names somebody of the roster is refused until a person says that it records no view of theirs.
    """
    require(actor, RECORD, share.unit)
    texts = list(dict.fromkeys(" ".join(text.split())[:LONGEST] for text in texts if text.strip()))
    if not texts:
        return []
    if len(texts) > MOST:
        raise DomainError("too-many", _("At most %(most)s questions can be sent at once.") % {"most": MOST})
    if not names_checked:
        _warn_of_names(" \n".join(texts), share.unit)
    known = set(Question.objects.filter(share=share, session=session).values_list("text", flat=True))
    to = share.parent.unit if share.parent else share.item.unit
    made = [
        Question(item_id=share.item_id, share=share, session=session, at_unit=to, text=text)
        for text in texts
        if text not in known
    ]
    Question.objects.bulk_create(made)
    if made:
        record(
            "ask_questions", actor=actor, kind="communication_share", object_id=share.pk,
            unit_id=share.unit_id, new={"count": len(made), "names_checked": names_checked},
        )  # fmt: skip
    return made


@transaction.atomic
def forward_questions(questions: Sequence[Question], *, actor: Actor) -> int:
    """Pass open questions on to the unit above the one where they wait."""
    item, unit = _one_place(questions)
    require(actor, ANSWER, unit)
    if unit.pk == item.unit_id:
        raise DomainError("top", _("Your unit set this line: the question is answered here."))
    own = Share.objects.select_related("parent__unit").filter(item=item, unit=unit).first()
    to = own.parent.unit if own and own.parent else item.unit
    open_ = Question.objects.filter(pk__in=[q.pk for q in questions], state=Question.State.OPEN, at_unit=unit)
    moved = open_.update(at_unit=to)
    record(
        "forward_questions", actor=actor, kind="communication_item", object_id=item.pk, unit_id=unit.pk,
        new={"count": moved, "unit": to.pk},
    )  # fmt: skip
    return moved


@transaction.atomic
def answer_questions(
    questions: Sequence[Question], *, question: str, text: str, actor: Actor, names_checked: bool = False
) -> Answer:
    """Answer open questions together, in one wording; all units below that hold the line see the answer."""
    item, unit = _one_place(questions)
    require(actor, ANSWER, unit)
    question, text = question.strip()[:LONGEST], text.strip()
    if not question or not text:
        raise DomainError("empty", _("Write the question in general words, and the answer."))
    if not names_checked:
        _warn_of_names(f"{question} \n{text}", unit)
    made = Answer.objects.create(item=item, unit=unit, question=question, text=text, by_seat_id=actor.seat_id)
    open_ = Question.objects.filter(pk__in=[q.pk for q in questions], state=Question.State.OPEN, at_unit=unit)
    answered = open_.update(state=Question.State.ANSWERED, answer=made)
    if not answered:
        raise DomainError("answered", _("These questions have been answered already."), status=409)
    record(
        "answer_questions", actor=actor, kind="communication_item", object_id=item.pk, unit_id=unit.pk,
        new={"count": answered, "question": question, "names_checked": names_checked},
    )  # fmt: skip
    return made


@transaction.atomic
def redact_question(question: Question, *, reason: str, actor: Actor) -> None:
    """Take the words of a question out for good; the log keeps that it was done and why, not the words."""
    require(actor, REDACT, question.at_unit)
    if not reason.strip():
        raise DomainError("reason", _("Say why it is taken out."))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.state == Question.State.REDACTED:
        return
    question.state, question.text, question.reason = Question.State.REDACTED, "", reason.strip()[:300]
    question.save(update_fields=["state", "text", "reason"])
    record(
        "redact_question", actor=actor, kind="communication_question", object_id=question.pk,
        unit_id=question.at_unit_id, new={"reason": question.reason},
    )  # fmt: skip


def _warn_of_names(text: str, unit: Unit) -> None:
    if found := names_in(text, unit):
        raise DomainError(
            "names",
            _(
                "The words name people of your roster (%(names)s). Write what was unclear without saying who asked; "
                "when the name belongs to the matter itself, confirm this below."
            )
            % {"names": ", ".join(found[:5])},
        )


def _one_place(questions: Sequence[Question]) -> tuple[Item, Unit]:
    """Return the line and the unit where questions wait; a mixture is a caller's mistake."""
    if not questions:
        raise DomainError("none", _("These questions have been answered already."), status=409)
    assert len({(q.item_id, q.at_unit_id) for q in questions}) == 1, "one line, one place"
    return questions[0].item, questions[0].at_unit
