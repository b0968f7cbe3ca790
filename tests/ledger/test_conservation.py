"""Whatever is posted, retried and reversed, every ledger stays at zero."""

from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.books import NOW, post, posting
from winkelstraat.ledger.domain import CannotReverse, Unit
from winkelstraat.ledger.operations import reverse_transfer
from winkelstraat.ledger.queries import get_balance, sum_balances

pytestmark = pytest.mark.django_db(reset_sequences=False)

ACCOUNTS = ["a", "b", "c", "d"]
STEP = st.one_of(
    st.tuples(
        st.just("post"),
        st.sampled_from(list(Unit)),
        st.permutations(ACCOUNTS),
        st.integers(1, 10**12),
    ),
    st.tuples(st.just("retry"), st.integers(0, 50)),
    st.tuples(st.just("reverse"), st.integers(0, 50)),
)


@dataclass
class NaiveBooks:
    """What the ledger should say, kept in a dictionary."""

    source: str
    made: list[tuple[int, object]] = field(default_factory=list)
    net: dict[tuple[Unit, str], int] = field(default_factory=lambda: defaultdict(int))
    reversed_ids: set[int] = field(default_factory=set)

    def name(self, account: str) -> str:
        """Keep this run's accounts apart from those of other runs."""
        return f"{self.source}:{account}"

    def move(self, unit: Unit, debit: str, credit: str, amount: int) -> None:
        """Book in the dictionary."""
        self.net[unit, debit] += amount
        self.net[unit, credit] -= amount


RUNS = iter(range(10**6))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, max_size=25))
def test_any_sequence_keeps_every_ledger_at_zero(steps: list[tuple[object, ...]]) -> None:
    books = NaiveBooks(source=f"run{next(RUNS)}")
    for number, step in enumerate(steps):
        take_step(books, number, step)
    for unit in Unit:
        assert sum_balances(unit=unit, prefix=f"{books.source}:").net == 0
        for account in ACCOUNTS:
            name = books.name(account)
            assert get_balance(unit=unit, account=name).net == books.net[unit, name]


def take_step(books: NaiveBooks, number: int, step: tuple[object, ...]) -> None:
    """Do one step in the ledger and in the naive books."""
    if step[0] == "post":
        _kind, unit, accounts, amount = step
        debit, credit = books.name(accounts[0]), books.name(accounts[1])  # type: ignore[index]
        asked = posting(
            f"step{number}",
            amount,
            unit=unit,
            debit=debit,
            credit=credit,
            source=books.source,  # type: ignore[arg-type]
        )
        (made,) = post(asked)
        books.made.append((made, asked))
        books.move(asked.unit, debit, credit, asked.amount)
        return
    if not books.made:
        return
    made, asked = books.made[int(step[1]) % len(books.made)]  # type: ignore[call-overload]
    if step[0] == "retry":
        assert post(asked) == [made]  # type: ignore[arg-type]
        return
    reversal = reverse_transfer(transfer_id=made, reason="terug", now=NOW)
    if made not in books.reversed_ids:
        books.reversed_ids.add(made)
        books.move(asked.unit, asked.credit, asked.debit, asked.amount)  # type: ignore[attr-defined]
    with pytest.raises(CannotReverse):
        reverse_transfer(transfer_id=reversal, reason="terug", now=NOW)
