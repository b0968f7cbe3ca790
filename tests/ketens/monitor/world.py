"""A street with everything the monitor counts, and its figures read straight from the books.

`read_directly` walks transfers, lines and counts one by one in Python: slow, and with no
statement in common with what is tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from ketens.domain.batches import Counted, Entry
from ketens.domain.monitor import UNKNOWN_GROUP, PlaceKind, Slice
from ketens.domain.sales import SaleLine
from ketens.domain.work import months_later
from ketens.models import (
    BatchEntry,
    BookedLine,
    Calculation,
    GroupedProduct,
    ProductGroup,
    SaleBooking,
)
from ketens.operations import book_sale
from ketens.operations.batches import BatchDraft, Count, count_entry, open_batch, take_back_entry
from tests.ketens.monitor.street import LATER, Place, build_place, sell
from tests.ketens.street import BREAD, COOKIES, BreadChain, build_bread_chain, build_sale
from winkelstraat.ledger.models import Transfer
from winkelstraat.ledger.operations import reverse_transfer

GROUPS = {BREAD: "brood", COOKIES: "koek", "903": "kaas"}
FIRST_DAY, DAYS = date(2026, 7, 3), 110


@dataclass(frozen=True)
class World:
    """The chain of bread, and shops beside it in two municipalities."""

    bread: BreadChain
    places: tuple[Place, ...]


def build_world(*, sales: int = 25, seed: int = 6) -> World:
    """Sell, count, take back and reverse, by chance but always the same."""
    chance = Random(seed)
    bread = build_bread_chain()
    places = (build_place("Roden", 4), build_place("Borger", 4, municipality="1681 Borger-Odoorn"))
    for ref, code in GROUPS.items():
        group = ProductGroup.objects.create(code=code, name=code.capitalize())
        GroupedProduct.objects.create(product_ref=ref, group=group)
    for number in range(sales):
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        sell_bread(bread, chance, number, day)
        place = chance.choice(places)
        refs, village = ["903", COOKIES, "999"], chance.choice(places).village
        shop, ref = chance.choice(place.shops), chance.choice(refs)
        sell(shop, chance.randint(100, 9_000), day=day, village=village, product_ref=ref)
    count_batches(bread, chance)
    emitted = Transfer.objects.filter(reason__startswith="co2:").order_by("pk")
    for transfer in emitted[:2]:
        reverse_transfer(transfer_id=transfer.pk, reason="fout", now=LATER)
    return World(bread, places)


def sell_bread(bread: BreadChain, chance: Random, number: int, day: date) -> None:
    """Sell bread and cookies of the chain's shop, some without a mass."""
    lines = [
        SaleLine(
            chance.choice([BREAD, COOKIES]),
            f"{number}-{one}",
            chance.randint(1, 4),
            chance.choice([None, 400, 800, 1_600]),
            chance.randint(100, 900),
        )
        for one in range(chance.randint(1, 3))
    ]
    sale = build_sale(
        bread,
        *lines,
        source=f"world:{number}",
        day=day,
        pickup_distance_m=chance.choice([None, 300, 4_100]),
        purchase_ref=UUID(int=number // 2),
    )
    book_sale(sale=sale, now=LATER)


def count_batches(bread: BreadChain, chance: Random) -> None:
    """Count a batch a month in the bakery, one count of each taken back a month later."""
    for step in range(3):
        month = months_later(date(2026, 7, 1), step)
        batch = open_batch(
            chain=bread.chain,
            member=bread.members["bakery"],
            draft=BatchDraft(f"w{step}", "brood", month, BREAD if step else ""),
            user=None,
            now=LATER,
        )
        for rung in (2, 4, 7, 9):
            why = chance.choice(["declaration", "surplus:1 (tht)"])
            counted = Counted(Entry.RESIDUAL, chance.randint(1, 900), rung)
            weighing = chance.choice(["weighed", "estimated"])
            count = Count(counted, weighing, month + timedelta(days=rung), why)
            entry = count_entry(batch=batch, count=count, user=None, now=LATER)
        day = months_later(month, 1)
        take_back_entry(entry=entry, day=day, user=None, now=LATER)


def read_directly(asked: Slice) -> int | None:
    """Return a figure of the measures that are sums, straight from the books."""
    if asked.measure in WASTE:
        return read_waste(asked)
    lines = [line for line in list_lines(asked) if is_in(asked, line)]
    if asked.measure == "consumer_metres":
        bookings = {line.booking for line in lines}
        trips = {(one.purchase_ref, one.activity_date, one.pickup_distance_m) for one in bookings}
        ways = [way for _ref, _day, way in trips if way is not None]
        return sum(ways) if ways else None
    if asked.measure == "turnover_cents":
        return sum(line.price_cents for line in lines)
    if asked.measure == "own_municipality_cents":
        return sum(line.price_cents for line in lines if stays(line))
    if asked.measure == "active_enterprises":
        return len({line.booking.enterprise_id for line in lines})
    if asked.measure == "active_chains":
        return len({line.chain_id for line in lines if line.chain_id})
    if asked.measure == "villages_with_active_chain":
        return len({line.booking.village_id for line in lines if line.chain_id})
    if asked.measure == "mass_weighted_distance":
        return read_distance(lines)
    what, known = MOVED[asked.measure]
    amounts = [amount for line in lines for amount in list_amounts(line, what)]
    is_known = any(getattr(line, known) is not None for line in lines)
    return sum(amounts) if amounts or is_known else None


WASTE = {
    "food_waste_g": lambda entry: entry.rung > 5,
    "left_over_g": lambda entry: True,
    "rescued_g": lambda entry: 2 <= entry.rung <= 4 and entry.origin.startswith("surplus:"),
    "left_over_rung_7_g": lambda entry: entry.rung == 7,
}
MOVED = {
    "goods_g": ("grams:line:", "mass_g"),
    "emission_mg_co2e": ("co2:", "emission_mg_co2e"),
    "vehicle_metres": ("metres:", "distance_m"),
    "work_minutes": ("work:", "work_minutes"),
}
DIRECT = (
    *MOVED,
    *WASTE,
    "consumer_metres",
    "turnover_cents",
    "own_municipality_cents",
    "active_enterprises",
    "active_chains",
    "villages_with_active_chain",
    "mass_weighted_distance",
)


def list_lines(asked: Slice) -> list[BookedLine]:
    """Return the lines of the months of a slice."""
    bookings = SaleBooking.objects.filter(
        activity_date__gte=asked.first_month, activity_date__lt=months_later(asked.last_month, 1)
    )
    rows = BookedLine.objects.filter(booking__in=bookings)
    return list(
        rows.select_related("booking__village__municipality", "booking__enterprise__village")
    )


def is_in(asked: Slice, line: BookedLine) -> bool:
    """Tell whether a line belongs to the place, chain and group of a slice."""
    group = GROUPS.get(line.product_ref, UNKNOWN_GROUP)
    village = line.booking.village
    return all(
        [
            is_there(asked, village.pk, village.municipality_id),
            asked.chain is None or line.chain_id == asked.chain,
            not asked.product_group or group == asked.product_group,
        ]
    )


def is_there(asked: Slice, village: int, municipality: int) -> bool:
    """Tell whether a village is the place of a slice, or lies in it."""
    if asked.place.kind is PlaceKind.PROVINCE:
        return True
    mine = village if asked.place.kind is PlaceKind.VILLAGE else municipality
    return mine == asked.place.id


def stays(line: BookedLine) -> bool:
    """Tell whether a line's shop stands in the municipality where it was handed over."""
    shop = line.booking.enterprise.village
    return shop.municipality_id == line.booking.village.municipality_id


def list_amounts(line: BookedLine, what: str) -> Iterable[int]:
    """Yield the amounts that a line moved and that nothing took back."""
    for transfer in list_transfers(line.booking.source, what):
        is_taken_back = hasattr(transfer, "reversal")
        if transfer.reason.endswith(f"line:{line.line_ref}") and not is_taken_back:
            yield transfer.amount


def list_transfers(source: str, what: str) -> list[Transfer]:
    """Return the transfers of a source whose reason begins so, with what took them back."""
    rows = Transfer.objects.filter(source=source, reason__startswith=what)
    return list(rows.select_related("reversal"))


def read_distance(lines: list[BookedLine]) -> int | None:
    """Return the mean way by mass, over lines of which every stretch is known."""
    gram_metres, mass = 0, 0
    for line in lines:
        legs = Calculation.objects.filter(line=line, leg__isnull=False)
        ways = [leg.inputs["distance_m"] for leg in legs]
        if line.mass_g is None or not ways or "unknown" in ways:
            continue
        mass += line.mass_g
        told = [
            Decimal(leg.inputs["distance_m"]) * Decimal(leg.inputs["grams_per_kg_sold"])
            for leg in legs
        ]
        gram_metres += round(sum(told) * line.mass_g / 1000)
    return None if not mass else int((Decimal(gram_metres) / mass + Decimal("0.5")) // 1)


def read_waste(asked: Slice) -> int | None:
    """Return grams of counts that stand, by the maker's village and the batch's product."""
    entries = BatchEntry.objects.filter(
        activity_date__gte=asked.first_month,
        activity_date__lt=months_later(asked.last_month, 1),
        takes_back__isnull=True,
    ).select_related("batch__member__enterprise__village")
    found = []
    for entry in entries:
        made_in = entry.batch.member.enterprise.village
        group = GROUPS.get(entry.batch.product_ref or BREAD)
        if (
            not BatchEntry.objects.filter(takes_back=entry).exists()
            and is_there(asked, made_in.pk, made_in.municipality_id)
            and asked.chain in (None, entry.batch.chain_id)
            and asked.product_group in ("", group)
        ):
            found.append(entry)
    if not found:
        return None
    return sum(entry.mass_g for entry in found if WASTE[asked.measure](entry))
