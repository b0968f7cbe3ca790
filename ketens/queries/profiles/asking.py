"""The questions as one enterprise sees them: a step at a time, and how far it is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language

from dorpen.register.models import Enterprise
from ketens.domain.questionnaire import Kind, Question, Questionnaire, read_questionnaire
from ketens.models import ProfileInvitation
from ketens.queries.profiles.links import find_for

# Gives the address of a step, or of the whole when no step is named.
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option on the page."""

    key: str
    label: str
    help: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One question on a page of its own."""

    key: str
    label: str
    help: str
    is_one: bool
    choices: tuple[Choice, ...]
    number: int
    total: int
    back_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the whole, with what was answered in words."""

    label: str
    answers: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole of one enterprise: how far it is, what it answered, where it goes on."""

    enterprise: str
    title: str
    last_day: date
    is_open: bool
    is_complete: bool
    answered: int
    total: int
    next_url: str
    lines: tuple[Line, ...]

    @property
    def for_a_link(self) -> "Asked":
        """The same for who holds a link: once the round is over it tells no answers any more."""
        return self if self.is_open else replace(self, lines=())


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """What the desk tells of a round that runs."""

    is_complete: bool
    is_begun: bool
    last_day: date


def find_open_questions(enterprise: Enterprise, *, today: date) -> OpenQuestions | None:
    """Return how far an enterprise is in the round of today, None without one; one query."""
    found = find_for(enterprise)
    if found is None or not is_open(found, today=today):
        return None
    return OpenQuestions(found.completed_at is not None, bool(found.current), found.round.last_day)


def read_questions(invitation: ProfileInvitation) -> Questionnaire:
    """Return the questions of the version that this round asks."""
    return read_questionnaire(invitation.round.questionnaire.content)


def is_open(invitation: ProfileInvitation, *, today: date) -> bool:
    """Tell whether answers are taken on a day."""
    return invitation.round.first_day <= today <= invitation.round.last_day


def get_asked(invitation: ProfileInvitation, *, today: date, address: Address) -> Asked:
    """Return the whole of one enterprise; no query."""
    questions = read_questions(invitation)
    language = get_language() or "nl"
    current = invitation.current
    following = questions.next_open(current)
    return Asked(
        enterprise=invitation.enterprise.trade_name,
        title=invitation.round.title,
        last_day=invitation.round.last_day,
        is_open=is_open(invitation, today=today),
        is_complete=invitation.completed_at is not None,
        answered=questions.count_answered(current),
        total=len(questions.questions),
        next_url=address(following) if following else "",
        lines=tuple(
            Line(
                question.label(language),
                _say(question, current.get(question.key, ()), language),
                address(question.key),
            )
            for question in questions.questions
        ),
    )


def get_step(
    questions: Questionnaire, question: Question, chosen: Collection[str], *, address: Address
) -> Step:
    """Return one question with what was chosen before, or just now."""
    language = get_language() or "nl"
    number = questions.number(question.key)
    before = questions.questions[number - 2].key if number > 1 else ""
    return Step(
        key=question.key,
        label=question.label(language),
        help=question.help(language),
        is_one=question.kind is Kind.ONE,
        choices=tuple(
            Choice(one.key, one.label(language), one.help(language), one.key in chosen)
            for one in question.options
        ),
        number=number,
        total=len(questions.questions),
        back_url=address(before),
    )


def _say(question: Question, chosen: Collection[str], language: str) -> tuple[str, ...]:
    return tuple(one.label(language) for one in question.options if one.key in chosen)
