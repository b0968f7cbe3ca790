"""What happens by itself happens once, in order and wholly."""

import pytest

from tests.payments.sandbox.till import DAY_S
from winkelstraat.payments.sandbox import chores
from winkelstraat.payments.sandbox.store import Store


@pytest.fixture
def store():
    found = Store(":memory:")
    found.stop_clock(stopped=True)
    return found


def due(store):
    return [task for (task,) in store.rows("SELECT task FROM agenda ORDER BY due")]


def test_tasks_are_done_in_order_each_at_its_own_moment(store, monkeypatch):
    seen = []
    for name in ("early", "late"):
        monkeypatch.setitem(chores.TASKS, name, lambda s, n: seen.append((n, s.now())))
    now = store.now()
    store.plan(now + 2 * DAY_S, "late", "b")
    store.plan(now + DAY_S, "early", "a")
    store.plan(now + DAY_S, "early", "a")
    store.plan(now + 9 * DAY_S, "late", "c")
    store.move_clock(3 * DAY_S)
    chores.run_due(store)
    assert seen == [("a", now + DAY_S), ("b", now + 2 * DAY_S)]
    assert store.now() == now + 3 * DAY_S
    assert due(store) == ["late"]


def test_a_task_that_dies_halfway_wrote_nothing_and_is_still_to_do(store, monkeypatch):
    def die(found, _subject):
        found.set_fact("half", "done")
        raise KeyboardInterrupt

    monkeypatch.setitem(chores.TASKS, "heavy", die)
    store.plan(store.now(), "heavy", "x")
    with pytest.raises(KeyboardInterrupt):
        chores.run_due(store)
    assert (store.fact("half"), due(store)) == (None, ["heavy"])


def test_a_task_that_cannot_be_done_keeps_nobody_waiting(store, monkeypatch):
    seen = []
    monkeypatch.setitem(chores.TASKS, "fine", lambda _s, n: seen.append(n))
    store.plan(store.now() - 1, "book_fee", "ch_that_does_not_exist")
    store.plan(store.now(), "fine", "x")
    chores.run_due(store)
    assert (seen, due(store)) == (["x"], [])
