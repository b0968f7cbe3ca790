"""What goes into a batch comes out somewhere, or the member reads that it does not."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ketens.domain import codes
from ketens.domain.batches import (
    Counted,
    Entry,
    ImpossibleCount,
    RungMissing,
    balance_of,
    check_count,
)
from ketens.models import Batch, BatchEntry, ChainChange, LinkCount
from ketens.operations.batches import (
    AlreadyTakenBack,
    BatchDraft,
    Count,
    Load,
    count_entry,
    count_link,
    open_batch,
    take_back_entry,
)
from ketens.operations.chains import MemberOfAnotherChain, create_chain
from ketens.queries.batches import list_batches
from tests.ketens.street import DAY, NOW, BreadChain, build_bread_chain
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance

counts = st.one_of(
    st.builds(Counted, st.just(Entry.RESIDUAL), st.integers(1, 10**6), st.integers(1, 10)),
    st.builds(
        Counted,
        st.sampled_from([Entry.IN, Entry.SOLD, Entry.STOCK, Entry.SHRINK]),
        st.integers(1, 10**6),
    ),
)


@given(st.lists(counts))
def test_a_balance_does_not_depend_on_the_order_and_loses_no_gram(entries: list[Counted]) -> None:
    balance = balance_of(entries)
    assert balance == balance_of(reversed(entries))
    assert balance.in_g + balance.out_g == sum(entry.mass_g for entry in entries)


@pytest.mark.parametrize(
    ("sold", "holds"), [(98_000, True), (97_999, False), (102_000, True), (102_001, False)]
)
def test_a_balance_holds_within_two_percent_of_what_went_in(sold: int, holds: bool) -> None:
    balance = balance_of([Counted(Entry.IN, 100_000), Counted(Entry.SOLD, sold)])
    assert balance.holds is holds


def test_a_balance_without_an_intake_is_unknown() -> None:
    assert balance_of([Counted(Entry.SOLD, 1)]).holds is None


@pytest.mark.parametrize(
    ("counted", "error"),
    [
        (Counted(Entry.IN, 0), ImpossibleCount),
        (Counted(Entry.IN, -5), ImpossibleCount),
        (Counted(Entry.SOLD, 50_000_001), ImpossibleCount),
        (Counted(Entry.RESIDUAL, 5), RungMissing),
        (Counted(Entry.RESIDUAL, 5, 11), RungMissing),
        (Counted(Entry.SOLD, 5, 4), RungMissing),
    ],
)
def test_an_impossible_count_is_refused(counted: Counted, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_count(counted)


def build_batch(bread: BreadChain, *entries: Counted) -> Batch:
    """Write a batch of the bakery with its counts."""
    draft = BatchDraft(code="R-47", what="Roggebrood, week 47", made_on=DAY)
    member = bread.members["bakery"]
    batch = open_batch(chain=bread.chain, member=member, draft=draft, user=None, now=NOW)
    for counted in entries:
        count_entry(batch=batch, count=Count(counted, "weighed", DAY), user=None, now=NOW)
    return batch


WEEK = (
    Counted(Entry.IN, 100_000),
    Counted(Entry.SOLD, 88_000),
    Counted(Entry.RESIDUAL, 6_000, 4),
    Counted(Entry.RESIDUAL, 1_000, 2),
    Counted(Entry.STOCK, 3_000),
    Counted(Entry.SHRINK, 1_500),
)


def grams(batch: Batch, place: str = "inside") -> int:
    balance = get_balance(account=codes.batch_account(batch.pk, place), unit=Unit.GRAMS)
    return balance.debits - balance.credits


@pytest.mark.django_db
def test_a_batch_moves_its_grams_in_the_ledger() -> None:
    batch = build_batch(build_bread_chain(), *WEEK)
    assert (grams(batch), grams(batch, "rung:4")) == (500, 6_000)


@pytest.mark.django_db
def test_a_batch_reads_as_a_sentence_with_its_difference() -> None:
    bread = build_bread_chain()
    build_batch(bread, *WEEK)
    (view,) = list_batches(bread.chain.pk)
    assert view.sentence == (
        "100 kg ging erin: 88,0 kg is verkocht en 7,0 kg bleef over."
        " Van 500 g weten we niet waar het bleef."
    )
    assert [(row.label, row.mass_g) for row in view.rows][2:4] == [
        ("over, voedsel voor mensen (trede 2)", 1_000),
        ("over, voer voor dieren (trede 4)", 6_000),
    ]
    assert view.violations == ()
    assert ChainChange.objects.get().what == "R-47: Roggebrood, week 47"


@pytest.mark.django_db
def test_a_batch_that_does_not_fit_stands_first_and_says_what_to_do() -> None:
    bread = build_bread_chain()
    build_batch(bread, Counted(Entry.IN, 100_000), Counted(Entry.SOLD, 90_000))
    draft = BatchDraft(code="R-48", what="Later", made_on=date(2026, 11, 20))
    open_batch(chain=bread.chain, member=bread.members["bakery"], draft=draft, user=None, now=NOW)
    first, second = list_batches(bread.chain.pk)
    assert (first.code, second.code) == ("R-47", "R-48")
    assert first.violations == (
        "Erin en eruit schelen 10,0 kg, meer dan 2%. Kijk of een weging ontbreekt of dubbel staat.",
    )


@pytest.mark.django_db
def test_a_wrong_count_is_taken_back_once_and_both_rows_stay() -> None:
    bread = build_bread_chain()
    batch = build_batch(bread, Counted(Entry.IN, 100_000), Counted(Entry.IN, 100_000))
    second = batch.entries.order_by("-pk")[0]
    back = take_back_entry(entry=second, day=DAY, user=None, now=NOW)
    for again in (second, back):
        with pytest.raises(AlreadyTakenBack):
            take_back_entry(entry=again, day=DAY, user=None, now=NOW)
    assert BatchEntry.objects.count() == 3
    assert list_batches(bread.chain.pk)[0].balance.in_g == 100_000
    assert grams(batch) == 100_000


@pytest.mark.django_db
def test_what_left_and_what_arrived_are_compared_per_link() -> None:
    bread = build_bread_chain()
    batch = build_batch(bread)
    link = bread.legs["mill-bakery"].link
    for received in (980, 979, None):
        load = Load(1_000, received, DAY)
        count_link(batch=batch, link=link, load=load, user=None, now=NOW)
    (view,) = list_batches(bread.chain.pk)
    assert [row.holds for row in view.links] == [True, False, None]
    assert len(view.violations) == 1


@pytest.mark.django_db
def test_a_batch_or_load_of_another_chain_is_refused() -> None:
    bread = build_bread_chain()
    batch = build_batch(bread)
    other = create_chain(slug="x", name="X", summary="x", started_on=DAY)
    draft = BatchDraft(code="x", what="x", made_on=DAY)
    with pytest.raises(MemberOfAnotherChain):
        open_batch(chain=other, member=bread.members["mill"], draft=draft, user=None, now=NOW)
    Batch.objects.filter(chain=other).exists()
    moved = bread.legs["mill-bakery"].link
    moved.chain = other
    with pytest.raises(MemberOfAnotherChain):
        count_link(batch=batch, link=moved, load=Load(1, 1, DAY), user=None, now=NOW)
    assert (Batch.objects.count(), LinkCount.objects.count()) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ketens_batchentry SET mass_g = 1",
        "DELETE FROM ketens_batchentry",
        "UPDATE ketens_chainchange SET what = ''",
        "INSERT INTO ketens_batchentry (public_id, batch_id, kind, rung, mass_g, weighing,"
        " activity_date, origin, recorded_at) SELECT gen_random_uuid(), batch_id, 'sold', 4, 1,"
        " 'weighed', activity_date, '', recorded_at FROM ketens_batchentry",
    ],
)
def test_the_database_refuses_edits_and_impossible_counts(statement: str) -> None:
    build_batch(build_bread_chain(), Counted(Entry.IN, 100))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert BatchEntry.objects.get().mass_g == 100


@pytest.mark.django_db
def test_reading_batches_takes_three_queries_however_many_there_are(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    bread = build_bread_chain()
    build_batch(bread, *WEEK)
    for number in range(4):
        draft = BatchDraft(code=f"X{number}", what="x", made_on=DAY)
        open_batch(chain=bread.chain, member=bread.members["mill"], draft=draft, user=None, now=NOW)
    with django_assert_num_queries(3):  # type: ignore[operator]
        views = list_batches(bread.chain.pk)
    assert len(views) == 5
    assert views[0].balance.holds is not False
    assert sum(Decimal(view.balance.in_g) for view in views) == 100_000
