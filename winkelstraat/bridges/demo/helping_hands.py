"""Do work in a process beside this one: half of the past can happen while the other half does.

A forked process starts with what was read already and opens a database connection of
its own. The work must be complete by itself; only its result comes back.
"""

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from django.db import connections

Result = TypeVar("Result")


class HandFailed(Exception):
    """The work beside this process went wrong; the message is its traceback."""


class Hand(Generic[Result]):
    """One piece of work that runs beside this process until `result` is asked."""

    def __init__(self, work: Callable[[], Result]) -> None:
        connections.close_all()
        context = multiprocessing.get_context("fork")
        self.ear, mouth = context.Pipe(duplex=False)
        self.process = context.Process(target=_do, args=(work, mouth), daemon=True)
        self.process.start()
        mouth.close()

    def result(self) -> Result:
        """Wait for the work and return what came out.

        :raises HandFailed: when it raised, or its process was ended.
        """
        try:
            went_well, outcome = self.ear.recv()
        except EOFError:
            raise HandFailed("the process was ended") from None
        self.process.join()
        if not went_well:
            raise HandFailed(outcome)
        found: Result = outcome
        return found


def _do(work: Callable[[], Any], mouth: Connection) -> None:
    try:
        mouth.send((True, work()))
    except Exception:
        mouth.send((False, traceback.format_exc()))
    finally:
        connections.close_all()
