"""Long work: which kinds there are, what the worker calls, and how it tells how far it is.

A domain registers a kind once, from its app's `ready`, and starts a job with
`winkelstraat.accounts.operations.start_job`. The worker then calls the kind's function
with the order and a `progress` to be called now and then; what it returns is the address
of the result. The function must bear being run again from the start: a worker may die.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class JobRefused(Exception):
    """The work cannot be done as asked; the text tells the person why, in plain words."""


class JobTakenOver(Exception):
    """Another worker took this over after a long silence; stop without writing anything."""


class UnknownKind(Exception):
    """No domain registered this kind of work."""


@dataclass(frozen=True)
class JobOrder:
    """What the worker is asked to do; `attempt` counts from 1."""

    job_id: int
    kind: str
    arguments: Mapping[str, Any]
    asked_by_id: int | None
    attempt: int


class Progress(Protocol):
    """Tells how far the work is; it also shows that the worker lives.

    Call it outside a transaction, or nobody sees it before that commits.
    """

    def __call__(self, done: int, total: int, message: str = "", /) -> None:
        """Note that `done` of `total` is behind us, with a short sentence.

        :raises JobTakenOver: when another worker has this job now.
        """


Work = Callable[[JobOrder, Progress], str]

_kinds: dict[str, Work] = {}


def register_kind(*, kind: str, work: Work) -> None:
    """Let the worker do this kind of work; twice with the same function is once."""
    if _kinds.setdefault(kind, work) is not work:
        raise ValueError(f"Two functions for one kind of work: {kind}.")


def get_work(kind: str) -> Work:
    """Return the function of a kind.

    :raises UnknownKind: when nobody registered it.
    """
    try:
        return _kinds[kind]
    except KeyError as missing:
        raise UnknownKind(kind) from missing


def list_kinds() -> list[str]:
    """Return the name of every kind."""
    return sorted(_kinds)
