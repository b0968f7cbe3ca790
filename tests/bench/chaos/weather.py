"""Spoil things at random moments: kill processes, fail calls, lose and mix up reports."""

import threading
from random import Random

import requests

from tests.journeys.street import Street

FAULTS = ("500", "503", "429", "409", "lose_answer", "lose_answer_before")
SPOILS = ("drop", "duplicate", "delay")
PATHS = ("/v1/checkout/sessions", "/v1/transfers", "/v1/refunds", "/v1/")


class Weather:
    """A thread that spoils something every little while until it is told to stop."""

    def __init__(self, street: Street, *, seed: int, pause_s: float, kills: bool) -> None:
        self.street, self.chance = street, Random(f"{seed}-weather")
        self.pause_s, self.kills = pause_s, kills
        self.done = threading.Event()
        self.happened: dict[str, int] = {}
        self.thread = threading.Thread(target=self._blow)

    def __enter__(self) -> "Weather":
        self.thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.done.set()
        self.thread.join()
        requests.delete(f"{self.street.sandbox_address}/admin/plans", timeout=30)

    def _blow(self) -> None:
        while not self.done.wait(self.chance.uniform(0.2, 1.8) * self.pause_s):
            choices = [self._spoil_call, self._spoil_reports, self._spoil_reports]
            if self.kills:
                choices.append(self._kill)
            what = self.chance.choice(choices)()
            self.happened[what] = self.happened.get(what, 0) + 1

    def _spoil_call(self) -> str:
        fault, path = self.chance.choice(FAULTS), self.chance.choice(PATHS)
        self._console("faults", {"fault": fault, "path": path, "method": "POST"})
        return f"call: {fault}"

    def _spoil_reports(self) -> str:
        action = self.chance.choice(SPOILS)
        seconds = self.chance.uniform(0.5, 8)
        count = self.chance.randint(1, 4)
        self._console("webhooks/plan", {"action": action, "count": count, "seconds": seconds})
        return f"reports: {action}"

    def _kill(self) -> str:
        name = self.chance.choice(("web", "worker"))
        self.street.kill(name)
        if name == "web":
            self.street.start_web()
        else:
            self.street.start_worker()
        return f"killed: {name}"

    def _console(self, path: str, wish: dict[str, object]) -> None:
        requests.post(f"{self.street.sandbox_address}/admin/{path}", json=wish, timeout=30)
