"""Start the parts of the street, watch them, and stop them in the opposite order.

Each part has a session of its own, so Ctrl-C reaches only the runner, and a part is
ended with everything that it started.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 10
TAIL_LINES = 15
HEARTBEAT_SECONDS = 8

Say = Callable[[str], object]


class PartDied(Exception):
    """A part of the street ended or never answered; the message holds its last lines."""


@dataclass(frozen=True)
class Part:
    """One process: its name, what to run, and the address that answers once it is up."""

    name: str
    command: Sequence[str]
    health: str = ""


@dataclass
class Street:
    """The running parts; their output goes to `<folder>/<name>.log`."""

    folder: Path
    environment: Mapping[str, str]
    say: Say
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, part: Part) -> None:
        """Start a part and wait until it answers.

        :raises PartDied: when it ends at once or does not answer within a minute.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{part.name}.log").open("wb") as log:
            self.running[part.name] = subprocess.Popen(  # noqa: S603 - our own command
                list(part.command),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if part.health:
            self._wait_for(part)
        self.say(f"  {part.name} runs")

    def _wait_for(self, part: Part) -> None:
        started = said = time.monotonic()
        while not answers(part.health):
            self.check()
            now = time.monotonic()
            if now - started > START_SECONDS:
                raise PartDied(
                    f"{part.name} does not answer at {part.health}.\n{self.tail(part.name)}"
                )
            if now - said > 5:
                self.say(f"  waiting for {part.name} ({now - started:.0f} s)")
                said = now
            time.sleep(0.2)

    def check(self) -> None:
        """Look whether every part still runs.

        :raises PartDied: naming the first that does not.
        """
        for name, process in self.running.items():
            code = process.poll()
            if code is not None:
                raise PartDied(f"{name} ended with code {code}.\n{self.tail(name)}")

    def watch(self, stopping: Callable[[], bool]) -> None:
        """Keep checking until somebody wants to stop.

        :raises PartDied: when a part ends by itself.
        """
        while not stopping():
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop every part, the last one first; who does not listen is ended hard."""
        for name, process in reversed(list(self.running.items())):
            end_session(process)
            self.say(f"  {name} stopped")
            del self.running[name]

    def tail(self, name: str) -> str:
        """Return the last lines that a part wrote."""
        lines = (self.folder / f"{name}.log").read_text(errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])


def end_session(process: subprocess.Popen[bytes]) -> None:
    """Ask a process and its children to end, and insist after ten seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(address: str) -> bool:
    """Tell whether a web server answers there without a fault of its own."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


@contextlib.contextmanager
def heartbeat(say: Say, every_s: float = HEARTBEAT_SECONDS) -> Iterator[None]:
    """Say every few seconds that work goes on, so that nobody thinks it hangs."""
    started = time.monotonic()
    done = threading.Event()

    def beat() -> None:
        while not done.wait(every_s):
            say(f"  busy ({time.monotonic() - started:.0f} s)")

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextlib.contextmanager
def stop_signals() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C and SIGTERM into an answer to "shall we stop?"."""
    asked: list[int] = []

    def ask(number: int, _frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
