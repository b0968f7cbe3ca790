"""The Stripe sandbox as a real process on a free port, for any test that pays.

Ask for the fixture `sandbox`: the settings point at it, and its reports wait until the
test posts them (``sandbox.post_reports(client)``) or a page fetches for itself.
"""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import stripe
from django.core.cache import cache

SECRET = "whsec_tests"
SECRETS = {"platform": SECRET, "connect": "whsec_connect_tests", "thin": "whsec_thin_tests"}
WEBHOOK_PATH = "/betalen/webhook/"


def sign(payload: str, *, secret: str = SECRET, moment: int | None = None) -> str:
    """Return the signature header that Stripe would send with a payload."""
    return stripe.WebhookSignature.generate_signature_header(payload, secret, moment)


class Sandbox:
    """The console of one sandbox process."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.moved_s = 0.0
        self.seen = 0

    def call(self, method: str, path: str, /, **wish: Any) -> Any:
        """Ask the console something."""
        request = urllib.request.Request(
            f"{self.address}/admin/{path}",
            data=json.dumps(wish).encode() if method != "GET" else None,
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def act(self, session_id: str, outcome: str, *, method: str = "ideal") -> Any:
        """Do as the buyer does (pay, refuse, wait) or his bank (succeed, fail)."""
        return self.call("POST", f"sessions/{session_id}/{outcome}", method=method)

    def spoil(self, fault: str, path: str = "/v1/", *, method: str = "POST", count: int = 1) -> Any:
        """Let the next calls go wrong: 500, 503, 429, 409, lose_answer, lose_answer_before."""
        return self.call("POST", "faults", fault=fault, path=path, method=method, count=count)

    def change(self, object_id: str, **fields: Any) -> Any:
        """Change a stored object behind the shop's back."""
        return self.call("PUT", f"objects/{object_id}", **fields)

    def set_account(self, account: str, status: str) -> Any:
        """Let an account receive transfers (active) or not (inactive)."""
        return self.call("PUT", f"accounts/{account}", stripe_transfers=status)

    def books(self) -> Any:
        """Return every balance, sum and count, in cents."""
        return self.call("GET", "books")

    def onboard(self, account: str, choice: str = "everything") -> Any:
        """Hand in an account's data: everything, without_bank_account, without_document, refused.

        The check takes a few seconds of the sandbox's clock.
        """
        return self.call("PUT", f"accounts/{account}", onboarding=choice)

    def dispute(self, charge: str, *, reason: str = "fraudulent") -> Any:
        """Let a card holder dispute a charge; end it with ``decide(id, "win")`` or "lose"."""
        return self.call("POST", f"charges/{charge}/dispute", reason=reason)

    def decide(self, name: str, outcome: str, **wish: Any) -> Any:
        """Let a bank decide: disputes win or lose, refunds and payouts fail or arrive."""
        kinds = {"du": "disputes", "po": "payouts", "re": "refunds", "pyr": "refunds"}
        return self.call("POST", f"{kinds[name.split('_')[0]]}/{name}/{outcome}", **wish)

    def pay_out(self, account: str, amount: int) -> Any:
        """Send money of an account to its bank, so that it is no longer there."""
        api = stripe.StripeClient(
            "sk_test_reader", base_addresses={"api": self.address}, max_network_retries=0
        ).v1
        return api.payouts.create(
            {"amount": amount, "currency": "eur"}, {"stripe_account": account}
        )

    def pass_time(self, seconds: float) -> None:
        """Move the sandbox's clock; it is set back after the test."""
        self.moved_s += seconds
        self.call("POST", "clock", seconds=seconds)

    def list_requests(self, path: str = "/v1/", method: str = "POST") -> list[dict[str, Any]]:
        """Return the API requests of this test."""
        asked = self.call("GET", "requests")[self.seen :]
        return [r for r in asked if r["path"].startswith(path) and r["method"] == method]

    def list_reports(self, about: str = "", *, endpoint: str = "platform") -> list[dict[str, Any]]:
        """Return the reports that are or would be sent, of one object if `about` is given.

        `endpoint` is platform, connect (connected accounts) or thin (version 2).
        """
        reports = [r for r in self.call("GET", "webhooks") if about in r["payload"]]
        return [r for r in reports if r["endpoint"] == endpoint]

    def post_reports(
        self, client: Any, about: str, *, endpoint: str = "platform", path: str = WEBHOOK_PATH
    ) -> list[int]:
        """Post every report about something to the shop, and return the answers' statuses."""
        return [
            client.post(
                path,
                report["payload"],
                content_type="application/json",
                headers={"Stripe-Signature": sign(report["payload"], secret=SECRETS[endpoint])},
            ).status_code
            for report in self.list_reports(about, endpoint=endpoint)
        ]

    def read(self, kind: str, *, account: str = "") -> list[Any]:
        """Return stored objects of a kind through the API, newest first.

        Payouts and entries (balance transactions) can be those of a connected account.
        """
        api = stripe.StripeClient(
            "sk_test_reader", base_addresses={"api": self.address}, max_network_retries=0
        ).v1
        services = {"transfers": api.transfers, "charges": api.charges}
        services |= {"sessions": api.checkout.sessions, "events": api.events}
        services |= {"refunds": api.refunds, "intents": api.payment_intents}
        services |= {"payouts": api.payouts, "entries": api.balance_transactions}
        options = {"stripe_account": account} if account else {}
        return list(services[kind].list({"limit": 100}, options).auto_paging_iter())


@contextmanager
def start_sandbox(
    state: Path, *, webhook: str = "", secret: str = SECRET, **more: str
) -> Iterator[str]:
    """Run a sandbox process on a free port and give its address; `webhook` gets its reports.

    `more` are further options of the command line, such as `connect_webhook`.
    """
    command = [sys.executable, "-m", "winkelstraat.payments.sandbox", "--port", "0"]
    process = subprocess.Popen(
        [
            *(*command, "--state", str(state), "--webhook", webhook, "--webhook-secret", secret),
            *(f"--{name.replace('_', '-')}={value}" for name, value in more.items()),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def sandbox_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one sandbox for this test process; it sends no reports by itself."""
    with start_sandbox(tmp_path_factory.mktemp("sandbox") / "state.sqlite3") as address:
        yield address


@pytest.fixture
def sandbox(sandbox_address: str, settings: Any) -> Iterator[Sandbox]:
    """Point the project at the sandbox and begin with nothing planned."""
    settings.STRIPE_ADDRESS = sandbox_address
    console = Sandbox(sandbox_address)
    console.call("DELETE", "plans")
    console.seen = len(console.call("GET", "requests"))
    cache.clear()
    yield console
    console.call("DELETE", "plans")
    if console.moved_s:
        console.call("POST", "clock", seconds=-console.moved_s)
    cache.clear()


@pytest.fixture
def empty_sandbox(sandbox: Sandbox) -> Sandbox:
    """The sandbox with nothing in it, for a test that counts what the platform holds."""
    sandbox.call("POST", "reset")
    sandbox.moved_s, sandbox.seen = 0.0, 0
    return sandbox


def wait_until(question: Any, *, seconds: float = 5) -> None:
    """Wait until something is true.

    :raises TimeoutError: when it stays false.
    """
    ends_at = time.monotonic() + seconds
    while not question():
        if time.monotonic() > ends_at:
            raise TimeoutError(f"Still not true after {seconds} seconds.")
        time.sleep(0.02)
