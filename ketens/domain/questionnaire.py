"""A short questionnaire: versioned questions, checked answers, and how far somebody is.

Questions stand in a readable file of which a version never changes. Each question is one
step; answers are keys of options, never free text, so that nobody writes down a name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NOTHING = "none"
Answers = Mapping[str, Sequence[str]]


class QuestionnaireFaulty(ValueError):
    """A file of questions that cannot be asked; the message says what is wrong."""


class Refusal(StrEnum):
    """Why an answer is not taken."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    NOT_ALONE = "not_alone"


class AnswerRefused(ValueError):
    """An answer that does not fit its question; what was chosen is kept by who asks."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class Kind(StrEnum):
    """How many options may be chosen."""

    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `is_alone` goes with no other."""

    key: str
    nl: str
    en: str
    help_nl: str = ""
    help_en: str = ""
    agenda: str = ""
    is_alone: bool = False

    def label(self, language: str) -> str:
        """Return the words in a language, Dutch where it is another than English."""
        return self.en if language == "en" else self.nl

    def help(self, language: str) -> str:
        """Return the explanation in a language."""
        return self.help_en if language == "en" else self.help_nl


@dataclass(frozen=True, slots=True)
class Question:
    """One step; answers to a private question are never shown beside a name."""

    key: str
    kind: Kind
    nl: str
    en: str
    options: tuple[Option, ...]
    help_nl: str = ""
    help_en: str = ""
    most: int = 0
    is_private: bool = False

    def label(self, language: str) -> str:
        """Return the question in a language."""
        return self.en if language == "en" else self.nl

    def help(self, language: str) -> str:
        """Return the explanation in a language."""
        return self.help_en if language == "en" else self.help_nl

    def option(self, key: str) -> Option | None:
        """Return the option with this key, None where there is none."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions of one version, in the order in which they are asked."""

    key: str
    version: int
    source: str
    questions: tuple[Question, ...]

    def find(self, key: str) -> Question | None:
        """Return a question, None where this version does not ask it."""
        return next((one for one in self.questions if one.key == key), None)

    def number(self, key: str) -> int:
        """Return which step a question is, from one."""
        return [one.key for one in self.questions].index(key) + 1

    def next_open(self, answers: Answers, *, after: str = "") -> str | None:
        """Return the first question without an answer, looking behind `after` first."""
        keys = [one.key for one in self.questions]
        start = keys.index(after) + 1 if after in keys else 0
        order = keys[start:] + keys[:start]
        return next((key for key in order if not answers.get(key)), None)

    def count_answered(self, answers: Answers) -> int:
        """Return how many questions have an answer."""
        return sum(bool(answers.get(one.key)) for one in self.questions)

    def is_complete(self, answers: Answers) -> bool:
        """Tell whether every question has an answer."""
        return self.next_open(answers) is None


def check_answer(question: Question, chosen: Collection[str]) -> tuple[str, ...]:
    """Return what was chosen, each once and in the order of the options.

    :raises AnswerRefused: when nothing, something unknown, too much, or two things were
        chosen of which one stands alone.
    """
    keys = set(chosen)
    if not keys:
        raise AnswerRefused(Refusal.EMPTY)
    if unknown := keys - {option.key for option in question.options}:
        raise AnswerRefused(Refusal.UNKNOWN) from ValueError(", ".join(sorted(unknown)))
    most = 1 if question.kind is Kind.ONE else question.most
    if most and len(keys) > most:
        raise AnswerRefused(Refusal.TOO_MANY)
    picked = [option for option in question.options if option.key in keys]
    if len(picked) > 1 and any(option.is_alone for option in picked):
        raise AnswerRefused(Refusal.NOT_ALONE)
    return tuple(option.key for option in picked)


def read_questionnaire(content: Mapping[str, Any]) -> Questionnaire:
    """Return the questions of a file that was read.

    :raises QuestionnaireFaulty: when something is missing, double or impossible.
    """
    try:
        found = Questionnaire(
            key=str(content["key"]),
            version=int(content["version"]),
            source=str(content["source"]),
            questions=tuple(_read_question(one) for one in content["questions"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise QuestionnaireFaulty(f"missing or wrong: {error}") from error
    keys = [one.key for one in found.questions]
    if not keys or len(set(keys)) < len(keys):
        raise QuestionnaireFaulty("every question has a key of its own")
    return found


def _read_question(row: Mapping[str, Any]) -> Question:
    options = tuple(_read_option(one) for one in row["options"])
    if len({option.key for option in options}) < max(2, len(options)):
        raise QuestionnaireFaulty(f"{row['key']} needs two options or more, each once")
    return Question(
        key=str(row["key"]),
        kind=Kind(row["kind"]),
        nl=str(row["nl"]),
        en=str(row["en"]),
        options=options,
        help_nl=str(row.get("help_nl", "")),
        help_en=str(row.get("help_en", "")),
        most=int(row.get("most", 0)),
        is_private=bool(row.get("is_private", False)),
    )


def _read_option(row: Mapping[str, Any]) -> Option:
    return Option(
        key=str(row["key"]),
        nl=str(row["nl"]),
        en=str(row["en"]),
        help_nl=str(row.get("help_nl", "")),
        help_en=str(row.get("help_en", "")),
        agenda=str(row.get("agenda", "")),
        is_alone=bool(row.get("alone", False)),
    )
