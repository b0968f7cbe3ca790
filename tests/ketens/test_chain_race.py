"""Two people who each add half of a circle at the same moment cannot both succeed."""

import threading

import pytest
from django.db import IntegrityError, connection

from ketens.domain.graph import ChainWouldRunInACircle, check_new_edge
from ketens.models import Chain, ChainLink, ChainMember
from ketens.operations import add_leg
from ketens.operations import chains as chain_operations
from tests.ketens.street import VAN, BreadChain, build_bread_chain

SWITCH = "ALTER TABLE ketens_chainlink {} TRIGGER a_chain_never_runs_in_a_circle"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def race(bread: BreadChain, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let two threads each add one half; both have read the links before one may write."""
    halves = threading.Barrier(2)

    def check_slowly(edges: list[tuple[int, int]], edge: tuple[int, int]) -> None:
        check_new_edge(edges, edge)
        try:
            halves.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            return

    monkeypatch.setattr(chain_operations, "check_new_edge", check_slowly)
    outcomes: list[str] = []
    first, second = bread.members["bakery"], bread.members["field"]
    threads = [
        threading.Thread(target=add, args=(bread, tail, head, outcomes))
        for tail, head in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def add(bread: BreadChain, tail: ChainMember, head: ChainMember, outcomes: list[str]) -> None:
    try:
        add_leg(chain=bread.chain, from_member=tail, to_member=head, transport=VAN)
        outcomes.append("added")
    except ChainWouldRunInACircle:
        outcomes.append("refused")
    except IntegrityError:
        outcomes.append("refused by the database")
    finally:
        connection.close()


@pytest.fixture
def unlinked() -> BreadChain:
    """The bread chain's members, without any link yet."""
    bread = build_bread_chain()
    for leg in bread.legs.values():
        leg.delete()
    ChainLink.objects.all().delete()
    return bread


def test_one_half_of_a_circle_is_refused(
    unlinked: BreadChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert race(unlinked, monkeypatch) == ["added", "refused"]
    assert ChainLink.objects.count() == 1


def test_without_the_lock_both_halves_are_added(
    unlinked: BreadChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: this is what the lock prevents when the database does not look either."""
    monkeypatch.setattr(type(Chain.objects), "select_for_update", lambda self: self.all())
    with connection.cursor() as cursor:
        cursor.execute(SWITCH.format("DISABLE"))
        try:
            assert race(unlinked, monkeypatch) == ["added", "added"]
        finally:
            cursor.execute(SWITCH.format("ENABLE"))
    assert ChainLink.objects.count() == 2


def test_without_the_lock_the_database_refuses_the_second_half(
    unlinked: BreadChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(Chain.objects), "select_for_update", lambda self: self.all())
    assert race(unlinked, monkeypatch) == ["added", "refused by the database"]
    assert ChainLink.objects.count() == 1
