"""The parts of the street start, are watched, and end together."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.street import free_port
from tests.sandbox import wait_until
from winkelstraat.bridges.demo.processes import Part, PartDied, Street, heartbeat

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
START_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""
PARENT = [sys.executable, "-c", START_A_CHILD]


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    said: list[str] = []
    opened = Street(tmp_path / "log", dict(os.environ), said.append)
    opened.said = said  # type: ignore[attr-defined]
    yield opened
    opened.stop()


def serve(port: int) -> Part:
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return Part("web", command, f"http://127.0.0.1:{port}/")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_a_part_is_waited_for_until_it_answers(street: Street) -> None:
    street.start(serve(free_port()))
    street.check()
    assert street.said == ["  web runs"]  # type: ignore[attr-defined]


def test_a_part_that_ends_at_once_is_named_with_its_last_words(street: Street) -> None:
    broken = Part(
        "web",
        [sys.executable, "-c", "print('no port'); raise SystemExit(3)"],
        "http://127.0.0.1:9/",
    )
    with pytest.raises(PartDied, match=r"web ended with code 3.\n    no port"):
        street.start(broken)


def test_a_part_that_dies_later_ends_the_watch(street: Street) -> None:
    street.start(Part("worker", SLEEPER))
    street.running["worker"].kill()
    with pytest.raises(PartDied, match="worker ended with code -9"):
        street.watch(lambda: False)


def test_watching_ends_when_somebody_wants_to_stop(street: Street) -> None:
    street.start(Part("worker", SLEEPER))
    street.watch(lambda: True)
    street.check()


def test_stopping_ends_the_last_part_first_and_children_too(street: Street) -> None:
    street.start(Part("first", SLEEPER))
    street.start(Part("second", PARENT))
    pids = [process.pid for process in street.running.values()]
    log = street.folder / "second.log"
    while not log.read_text().strip():
        street.check()
    child = int(log.read_text())
    street.stop()
    assert street.said[-2:] == ["  second stopped", "  first stopped"]  # type: ignore[attr-defined]
    # A child is gone as soon as its new parent takes note of it.
    wait_until(lambda: not any(is_alive(pid) for pid in [*pids, child]))
    assert street.running == {}


def test_silent_work_shows_that_it_goes_on() -> None:
    said: list[str] = []
    with heartbeat(said.append, every_s=0.02):
        time.sleep(0.1)
    told = len(said)
    assert told >= 2
    assert said[0] == "  busy (0 s)"
    time.sleep(0.05)
    assert len(said) == told
