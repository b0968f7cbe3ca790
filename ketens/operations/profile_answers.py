"""Keep one answer, at once; what was answered before stays beside it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ketens.domain.questionnaire import check_answer, read_questionnaire
from ketens.models import ProfileAnswer, ProfileInvitation


class RoundOver(Exception):
    """The round has ended or has not begun; what was answered in it is kept."""


class NoSuchQuestion(Exception):
    """This version does not ask that."""


@transaction.atomic
def keep_answer(
    *,
    invitation: ProfileInvitation,
    question: str,
    chosen: Collection[str],
    user: Any,
    now: datetime,
) -> ProfileInvitation:
    """Write what was chosen at one question; the same again writes nothing.

    A round that ends today takes answers until midnight. The last open question makes
    the whole filled in.

    :raises RoundOver: outside the days of the round.
    :raises NoSuchQuestion: when the version of the round does not ask it.
    :raises AnswerRefused: when the choice does not fit the question.
    """
    held = (
        ProfileInvitation.objects.select_for_update(of=("self",))
        .select_related("round__questionnaire")
        .get(pk=invitation.pk)
    )
    if not held.round.first_day <= timezone.localdate(now) <= held.round.last_day:
        raise RoundOver(held.round.title)
    questions = read_questionnaire(held.round.questionnaire.content)
    asked = questions.find(question)
    if asked is None:
        raise NoSuchQuestion(question)
    keys = list(check_answer(asked, chosen))
    if held.current.get(question) == keys:
        return held
    before = ProfileAnswer.objects.filter(invitation=held, question=question).first()
    ProfileAnswer.objects.create(
        invitation=held,
        question=question,
        version=before.version + 1 if before else 1,
        chosen=keys,
        answered_by=user,
        answered_at=now,
    )
    held.current = {**held.current, question: keys}
    held.answered_at = now
    if held.completed_at is None and questions.is_complete(held.current):
        held.completed_at = now
    held.save(update_fields=["current", "answered_at", "completed_at"])
    return held
