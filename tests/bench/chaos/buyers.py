"""Buy as a visitor does, over HTTP; a street that falls over is tried again."""

import re
import threading
import time
from dataclasses import dataclass
from random import Random

import requests

from tests.bench.chaos.world import CODES, World
from tests.journeys.street import Street

PATIENCE_S = 40
HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WAYS = re.compile(r'name="(way[^"]*)"[^>]*value="([^"]+)"')
SESSION = re.compile(r"/pay/(cs_[A-Za-z0-9_]+)")
METHODS = ("ideal", "ideal", "card", "wero")
# What buyers do on the pay page, and how often.
OUTCOMES = ("pay",) * 14 + ("refuse", "wait", "wait", "leave")


class StreetDown(Exception):
    """Raised when the street did not come back while a buyer waited."""


@dataclass
class Buyer:
    """One visitor with his own basket, and an address of his own."""

    street: Street
    world: World
    chance: Random
    number: int

    def __post_init__(self) -> None:
        self.http = requests.Session()
        part = self.number % 250, self.number // 250 % 250
        self.http.headers["X-Forwarded-For"] = f"10.0.{part[0]}.{part[1]}"
        self.token = ""

    def shop(self) -> str:
        """Do one purchase from basket to pay page; return what came of it."""
        self._get("/mandje/")
        for listing in self.chance.sample(self.world.listings, self.chance.randint(1, 6)):
            fields = {"listing": listing.pk, "quantity": self.chance.choice((1, 1, 2, 3))}
            self._post("/mandje/erin/", fields)
        if self.chance.random() < 0.4:
            self._post("/mandje/bon/", {"code": self.chance.choice(CODES)})
        page = self._get("/afrekenen/")
        ways = dict(reversed(WAYS.findall(page.text)))
        if not ways:
            return "nothing to buy"
        buyer = {"name": "Bui Storm", "email": f"buyer{self.number}@example.nl", **ways}
        review = self._post("/afrekenen/", {**buyer, "step": "review"})
        seen = re.search(r'name="seen_total"[^>]*value="(\d+)"', review.text)
        if not seen:
            return "no review"
        placed = self._post(
            "/afrekenen/", {**buyer, "step": "place", "seen_total": seen.group(1)}, follow=False
        )
        found = SESSION.search(placed.headers.get("Location", ""))
        return self._pay(found.group(1)) if found else "no pay page"

    def _pay(self, session: str) -> str:
        outcome = self.chance.choice(OUTCOMES)
        if outcome == "leave":
            return outcome
        self._console(f"sessions/{session}/{outcome}", {"method": self.chance.choice(METHODS)})
        if outcome == "wait":
            later = self.chance.choice(("succeed", "succeed", "fail"))
            self._console(f"sessions/{session}/{later}", {})
            outcome = f"{outcome}, {later}"
        return outcome

    def _console(self, path: str, wish: dict[str, object]) -> None:
        address = f"{self.street.sandbox_address}/admin/{path}"
        requests.post(address, json=wish, timeout=30)

    def _get(self, path: str) -> requests.Response:
        return self._ask("GET", path, {}, follow=True)

    def _post(
        self, path: str, fields: dict[str, object], *, follow: bool = True
    ) -> requests.Response:
        return self._ask("POST", path, fields, follow=follow)

    def _ask(
        self, method: str, path: str, fields: dict[str, object], *, follow: bool
    ) -> requests.Response:
        """Ask until there is an answer; a page that broke off may have done its work."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            data = {**fields, "csrfmiddlewaretoken": self.token} if fields else None
            try:
                answer = self.http.request(
                    method,
                    f"{self.street.address}{path}",
                    data=data,
                    timeout=20,
                    allow_redirects=follow,
                )
            except requests.RequestException:
                time.sleep(0.5)
                continue
            found = HIDDEN.search(answer.text)
            self.token = found.group(1) if found else self.token
            if answer.status_code < 500:
                return answer
            time.sleep(0.5)
        raise StreetDown(path)


def let_buyers_shop(
    street: Street, world: World, *, purchases: int, seed: int, at_once: int = 4
) -> dict[str, int]:
    """Let `purchases` buyers shop, a few at once; return how often each thing came of it."""
    numbers = iter(range(purchases))
    lock = threading.Lock()
    came: dict[str, int] = {}

    def keep_buying() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            try:
                outcome = Buyer(street, world, Random(f"{seed}-{number}"), number).shop()
            except (StreetDown, requests.RequestException) as error:
                outcome = f"gave up: {type(error).__name__}"
            with lock:
                came[outcome] = came.get(outcome, 0) + 1

    threads = [threading.Thread(target=keep_buying) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
