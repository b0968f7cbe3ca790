"""Who acts now and from where; a request says so once, and the audit log reads it.

It is kept beside the call, so that an operation need not pass an address on that means
nothing to it. Without a request nobody acts: a command, a test or the clock does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person by id, and the network address that he comes from."""

    user_id: int | None = None
    address: str = ""


@dataclass
class Acting:
    """One request: who does it, asked only when needed, and how much of it was recorded."""

    who: Callable[[], Actor]
    recorded: int = 0


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(who: Callable[[], Actor]) -> Iterator[Acting]:
    """Let what happens inside be done by `who`."""
    one = Acting(who)
    token = _now.set(one)
    try:
        yield one
    finally:
        _now.reset(token)


def note_actor() -> Actor:
    """Return who acts, and count that something of his was recorded."""
    one = _now.get()
    if one is None:
        return Actor()
    one.recorded += 1
    return one.who()
