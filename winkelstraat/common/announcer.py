"""Domains tell what happened; the bridges decide who hears it.

A domain calls ``announce(SomethingHappened(...))`` inside its own transaction. The
subscribers, listed once in ``winkelstraat.bridges``, run at once and in the same
transaction, so either both sides are written or neither; whatever leaves the
database (mail, HTTP, a Celery task) they hand to ``transaction.on_commit``.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Handler = Callable[[Any], None]

_handlers: dict[type, list[Handler]] = defaultdict(list)


def subscribe(event_type: type, handler: Handler) -> None:
    """Call `handler` for every announced event of exactly `event_type`; twice is once."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def announce(event: object) -> None:
    """Tell every subscriber of this kind of event, in the order in which they subscribed."""
    for handler in _handlers[type(event)]:
        handler(event)
