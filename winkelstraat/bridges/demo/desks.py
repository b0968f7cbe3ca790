"""Lay on the desks of the demo what a shopkeeper finds there on an ordinary morning.

Orders come with the plan; here is the rest: a withdrawal, a complaint, what must go, half a
product, a voucher and a spreadsheet. Each is looked for before it is made.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from winkelstraat.accounts.models import User
from winkelstraat.bridges.demo.plan import LOCAL, Buyer, Pick, PlannedOrder
from winkelstraat.bridges.demo.stories import Story, read_clock, read_table
from winkelstraat.bridges.demo.world import World
from winkelstraat.bridges.surplus import book_surplus
from winkelstraat.shop.domain.surplus import Step
from winkelstraat.shop.models import (
    Complaint,
    ImportRun,
    Listing,
    ListingSketch,
    SellerOrderLine,
    SellerProfile,
    Surplus,
    Voucher,
    Withdrawal,
)
from winkelstraat.shop.operations.complaints import complain
from winkelstraat.shop.operations.imports import start_import
from winkelstraat.shop.operations.prices import set_stock
from winkelstraat.shop.operations.sketches import save_sketch
from winkelstraat.shop.operations.surplus import (
    Placed,
    SurplusDraft,
    close_surplus,
    place_rest,
    start_surplus,
)
from winkelstraat.shop.operations.vouchers import make_shop_voucher
from winkelstraat.shop.operations.withdrawals import Statement, withdraw
from winkelstraat.shop.queries.surplus import count_sold_online
from winkelstraat.shop.tasks import work_off_import


def read_desks() -> Story:
    """Return what waits at the desks, by kind."""
    desks: Story = read_table("desks")  # type: ignore[assignment]
    return desks


def plan_desk_orders(buyers: list[Buyer], opening: datetime) -> list[PlannedOrder]:
    """Return the orders that the demo always has, most of them to be packed today."""
    by_email = {buyer.email: buyer for buyer in buyers}
    return [
        PlannedOrder(
            placed_at=_moment(opening, row["days_ago"], row["at"]),
            buyer=by_email[row["email"]],
            picks=tuple(Pick(row["shop"], title, count) for title, count in row["picks"].items()),
            waits_at=row.get("waits_at", ""),
            packed_at_once=row.get("packed", False),
        )
        for row in read_desks()["orders"]
    ]


def make_desks(world: World) -> Iterator[str]:
    """Put everything but orders on the desks; yield a line for each kind."""
    makers = {
        "withdrawals": make_withdrawal,
        "complaints": make_complaint,
        "surplus": make_surplus,
        "sketches": make_sketch,
        "vouchers": make_voucher,
        "sheets": make_sheet,
    }
    desks = read_desks()
    for kind, make in makers.items():
        made = sum(make(world, row) for row in desks[kind])
        yield f"{made} {kind} on the desks"


def make_withdrawal(world: World, row: Story) -> bool:
    """Let a buyer withdraw from something; False when he did."""
    line = _find_line(row)
    if line is None or Withdrawal.objects.filter(seller_order=line.seller_order).exists():
        return False
    purchase = line.seller_order.purchase
    statement = Statement(
        purchase.pk, purchase.buyer_name, purchase.buyer_email, {line.pk: row["quantity"]}
    )
    withdraw(statement=statement, now=world.now - timedelta(days=row["days_ago"]))
    return True


def make_complaint(world: World, row: Story) -> bool:
    """Let a buyer complain; False when he did."""
    line = _find_line(row)
    if line is None or Complaint.objects.filter(seller_order=line.seller_order).exists():
        return False
    order = line.seller_order
    said_at = world.now - timedelta(days=row["days_ago"])
    complain(purchase=order.purchase, number=order.number, text=row["text"], now=said_at)
    return True


def make_surplus(world: World, row: Story) -> bool:
    """Let something go, and end it where its day is over; False when that happened before."""
    listing = Listing.objects.select_related("seller").get(
        seller__slug=row["shop"], title=row["title"]
    )
    steps = tuple(
        Step(_moment(world.now, row["days_ago"], at), percentage)
        for at, percentage in row["steps"].items()
    )
    started_at = max(steps[0].starts_at, _moment(world.now, row["days_ago"], "07:30"))
    if Surplus.objects.filter(listing=listing, started_at=started_at).exists():
        return False
    until = _moment(world.now, row["days_ago"] - row.get("days", 0), row["until"])
    owner = _owner_of(listing.seller)
    surplus = start_surplus(
        seller=listing.seller,
        draft=SurplusDraft(
            listing_id=listing.pk,
            reason=row["reason"],
            best_before=until.date(),
            pick_up_until=until,
            pieces=row["pieces"],
            steps=steps,
        ),
        user=owner,
        now=started_at,
    )
    if "left" in row:
        _end(surplus, row, owner, until)
    return True


def _end(surplus: Surplus, row: Story, owner: User, until: datetime) -> None:
    """Count what was left, give some of it a place, and bake anew."""
    seller = surplus.seller
    left = min(row["left"], surplus.pieces - count_sold_online(surplus))
    close_surplus(seller=seller, surplus_id=surplus.pk, left=left, now=until)
    at = until + timedelta(minutes=10)
    for destination, pieces in row["places"].items():
        place = Placed(destination, min(pieces, left))
        left -= place.pieces
        if place.pieces:
            place_rest(seller=seller, surplus_id=surplus.pk, place=place, user=owner, now=at)
    book_surplus(surplus_id=surplus.pk, now=at)
    set_stock(seller=seller, listing_id=surplus.listing_id, available=row["stock"], seen=None)


def make_sketch(world: World, row: Story) -> bool:
    """Leave something half typed; False when there is a sketch."""
    seller = SellerProfile.objects.get(slug=row["shop"])
    if ListingSketch.objects.filter(seller=seller).exists():
        return False
    author = _owner_of(seller).pk
    save_sketch(
        seller=seller, author_id=author, listing_id=None, fields=row["fields"], now=world.now
    )
    return True


def make_voucher(world: World, row: Story) -> bool:
    """Make a voucher of the shop's own; False when it is there."""
    if Voucher.objects.filter(code=row["code"]).exists():
        return False
    make_shop_voucher(
        seller=SellerProfile.objects.get(slug=row["shop"]),
        code=row["code"],
        amount_cents=None,
        percentage_basis_points=row["percentage"] * 100,
        limits=(row["minimum_cents"], None),
        valid=(world.now, world.now + timedelta(days=row["days"])),
    )
    return True


def make_sheet(world: World, row: Story) -> bool:
    """Bring a spreadsheet and look it over; False when it was brought."""
    seller = SellerProfile.objects.get(slug=row["shop"])
    if ImportRun.objects.filter(seller=seller, file_name=row["name"]).exists():
        return False
    run = start_import(
        seller=seller,
        author_id=_owner_of(seller).pk,
        file_name=row["name"],
        content=row["text"].encode(),
        now=world.now,
    )
    work_off_import(run.pk)
    return True


def _moment(day: datetime, days_ago: int, at: str) -> datetime:
    """Return a time of the clock, so many days before the demo's day."""
    return datetime.combine((day - timedelta(days=days_ago)).date(), read_clock(at), LOCAL)


def _find_line(row: Story) -> SellerOrderLine | None:
    """Return the newest line that a buyer bought of something at a shop."""
    return (
        SellerOrderLine.objects.filter(
            seller_order__seller__slug=row["shop"],
            seller_order__purchase__buyer_email=row["email"],
            title=row["title"],
        )
        .select_related("seller_order__purchase")
        .order_by("-seller_order__purchase__placed_at")
        .first()
    )


def _owner_of(seller: SellerProfile) -> User:
    return User.objects.get(memberships__enterprise=seller.enterprise_id, memberships__role="owner")
