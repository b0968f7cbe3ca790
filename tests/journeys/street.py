"""A whole street in processes of its own: web, worker, Stripe sandbox and database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg

PROJECT_DIR = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
START_SECONDS = 60


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(address: str) -> None:
    """Wait until a web server answers with anything at all."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {START_SECONDS} seconds")


@dataclass
class Street:
    """The running street; `folder` holds its files and `database_url` its rows."""

    folder: Path
    database_url: str
    web_port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the web server answers."""
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def sandbox_address(self) -> str:
        """Where the Stripe sandbox answers."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this street is started with."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "winkelstraat.settings.demo",
            "PYTHONPATH": str(PROJECT_DIR),
            "PYTHONWARNINGS": "ignore",
            "WINKELSTRAAT_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": "",
            "SITE_ADDRESS": self.address,
            "STRIPE_ADDRESS": self.sandbox_address,
            "STRIPE_SECRET_KEY": "sk_test_journey",
            "STRIPE_WEBHOOK_SECRETS": "whsec_journey",
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed."""
        done = subprocess.run(
            [str(BIN / "python"), str(PROJECT_DIR / "manage.py"), *arguments],
            env=self.environment,
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one process; its output goes to a file in the folder."""
        log = (self.folder / f"{name}.log").open("ab")
        program = [str(BIN / command[0]), *command[1:]]
        self.processes[name] = subprocess.Popen(
            program,
            env=self.environment,
            cwd=PROJECT_DIR,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def start_sandbox(self) -> None:
        """Start the Stripe sandbox, which sends its webhooks to the web server."""
        self.start(
            "sandbox",
            [
                *("python", "-m", "winkelstraat.payments.sandbox"),
                *("--port", str(self.sandbox_port)),
                *("--state", str(self.folder / "sandbox.sqlite")),
                *("--webhook", f"{self.address}/betalen/webhook/"),
                *("--webhook-secret", "whsec_journey"),
                *("--connect-webhook", f"{self.address}/betalen/webhook/winkels/"),
                *("--thin-webhook", f"{self.address}/betalen/webhook/dun/"),
            ],
        )
        wait_until_up(f"{self.sandbox_address}/healthz")

    def start_web(self) -> None:
        """Start the web server."""
        self.start(
            "web",
            [
                *("gunicorn", "winkelstraat.wsgi"),
                *("--bind", f"127.0.0.1:{self.web_port}"),
                *("--workers", "1", "--threads", "4"),
            ],
        )
        wait_until_up(f"{self.address}/robots.txt")

    def start_worker(self) -> None:
        """Start the Celery worker with its clock."""
        options = ("--pool", "solo", "--beat", "--loglevel", "INFO")
        self.start("worker", ["celery", "-A", "winkelstraat", "worker", *options])

    def kill(self, name: str) -> None:
        """Kill a process and its children as a power cut would (SIGKILL)."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End every process."""
        for name in list(self.processes):
            self.kill(name)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what the database holds, over a connection of its own."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(sql, values).fetchall()  # type: ignore[arg-type]

    def mails_to(self, recipient: str) -> list[EmailMessage]:
        """Return the mails that left for a recipient, oldest first."""
        found = []
        for path in sorted((self.folder / "mail").glob("*.log")):
            for text in path.read_bytes().split(b"-" * 79 + b"\n"):
                mail = message_from_bytes(text, policy=policy.default)
                if isinstance(mail, EmailMessage) and recipient in str(mail["To"] or ""):
                    found.append(mail)
        return found
