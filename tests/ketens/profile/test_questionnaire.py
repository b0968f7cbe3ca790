"""The rules of the questionnaire: what may be chosen, and what a version may hold."""

from copy import deepcopy
from typing import Any

import pytest

from ketens.domain.questionnaire import (
    AnswerRefused,
    QuestionnaireFaulty,
    Refusal,
    check_answer,
    read_questionnaire,
)
from ketens.queries.profiles.questions import get_newest, list_shipped
from tests.ketens.profile.street import WHOLE


def chosen(question: str, *keys: str) -> tuple[str, ...]:
    asked = get_newest().find(question)
    assert asked is not None
    return check_answer(asked, keys)


def test_answers_stand_once_and_in_the_order_of_the_options() -> None:
    assert chosen("dimensions", "justice", "work", "justice") == ("work", "justice")
    assert chosen("stance", "regular") == ("regular",)


@pytest.mark.parametrize(
    ("question", "keys", "refusal"),
    [
        ("stance", [], Refusal.EMPTY),
        ("stance", ["impact_first", "regular"], Refusal.TOO_MANY),
        ("stance", ["rich"], Refusal.UNKNOWN),
        ("support", ["none", "finance"], Refusal.NOT_ALONE),
        ("sdg_targets", ["8.2", "8.3", "8.5", "8.6", "10.2", "12.3"], Refusal.TOO_MANY),
        ("sdg_targets", ["11.4"], Refusal.UNKNOWN),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_name(
    question: str, keys: list[str], refusal: Refusal
) -> None:
    with pytest.raises(AnswerRefused) as refused:
        chosen(question, *keys)
    assert refused.value.refusal is refusal


def test_targets_have_official_codes_with_the_agenda_beside_them() -> None:
    question = get_newest().find("sdg_targets")
    assert question is not None
    agenda = {option.key: option.agenda for option in question.options if option.agenda}
    assert agenda == {"11.a": "11.4", "17.14": "17.4"}
    assert question.option("12.3") is not None


def test_the_next_open_question_is_looked_for_ahead_and_then_from_the_start() -> None:
    questions = get_newest()
    assert questions.next_open({}) == "drives"
    assert questions.next_open({}, after="stance") == "sdg_targets"
    behind = {key: value for key, value in WHOLE.items() if key != "dimensions"}
    assert questions.next_open(behind, after="hours") == "dimensions"
    assert questions.next_open(WHOLE) is None
    assert questions.is_complete(WHOLE)
    assert questions.count_answered(behind) == 8


def test_what_is_asked_in_confidence_is_marked() -> None:
    private = {one.key for one in get_newest().questions if one.is_private}
    assert private == {"support", "people", "hours"}


def broken(change: str) -> dict[str, Any]:
    content = deepcopy(list_shipped()[-1])
    first = content["questions"][0]
    if change == "double question":
        content["questions"].append(first)
    elif change == "double option":
        first["options"].append(first["options"][0])
    elif change == "one option":
        first["options"] = first["options"][:1]
    elif change == "no words":
        del first["nl"]
    elif change == "unknown kind":
        first["kind"] = "essay"
    elif change == "nothing":
        content["questions"] = []
    return content


@pytest.mark.parametrize(
    "change",
    ["double question", "double option", "one option", "no words", "unknown kind", "nothing"],
)
def test_a_faulty_version_cannot_be_read(change: str) -> None:
    with pytest.raises(QuestionnaireFaulty):
        read_questionnaire(broken(change))
