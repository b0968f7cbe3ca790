"""Thirty people at one product for a while: helpers edit and count, buyers buy.

Each works on a connection of its own until the time is over. What each did is added up,
so that the listing can be held against it: nothing may be lost and nothing made.
"""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from time import monotonic

from django.db import connections
from oscar.apps.partner.models import StockRecord

from tests.builders import build_listing
from tests.shop.street import NOW
from tests.shop.test_purchase_races import basket_with, buy, shop
from winkelstraat.shop.domain.refusals import NotEnoughStock
from winkelstraat.shop.models import Listing, PriceChange, Purchase, SellerProfile
from winkelstraat.shop.operations.drafts import draft_of
from winkelstraat.shop.operations.listings import EditCollides, publish_listing
from winkelstraat.shop.operations.quick import PriceCollides, QuickChange, change_quickly
from winkelstraat.shop.queries.desk_offers import get_own_listing

STOCK, LOW = 60, 20
PRICERS, WRITERS, COUNTERS, BUYERS = 6, 6, 6, 12


@dataclass
class Rush:
    """What everybody did; `words` are what was written into the description."""

    blind: bool
    until: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    stock: int = 0
    words: set[str] = field(default_factory=set)
    seen_wrong: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, *, stock: int = 0, word: str = "") -> None:
        """Add up what somebody did."""
        with self.lock:
            self.done[what] += 1
            self.stock += stock
            if word:
                self.words.add(word)

    def goes_on(self) -> bool:
        """Tell whether there is time left."""
        return monotonic() < self.until and not self.errors


@dataclass(frozen=True)
class Outcome:
    """The listing after the rush beside what everybody did."""

    rush: Rush
    listing: Listing
    stock: StockRecord
    prices: int
    purchases: int

    @property
    def lost_words(self) -> set[str]:
        """What somebody wrote, was told was kept, and is not there."""
        return self.rush.words - set(self.listing.description.split())


def hold_rush(*, seconds: float, blind: bool) -> Outcome:
    """Let thirty people at one product; with `blind` nobody says what he saw."""
    seller = shop()
    listing = build_listing(seller=seller, stock=STOCK)
    rush = Rush(blind=blind, until=monotonic() + seconds)
    works = [
        *[(change_price, seed) for seed in range(PRICERS)],
        *[(write_word, seed) for seed in range(WRITERS)],
        *[(count_stock, seed) for seed in range(COUNTERS)],
        *[(buy_one, seed) for seed in range(BUYERS)],
        (watch_stock, 0),
    ]
    threads = [
        threading.Thread(target=_keep_at_it, args=(work, rush, seller, listing.pk, seed))
        for work, seed in works
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listing.refresh_from_db()
    return Outcome(
        rush,
        listing,
        StockRecord.objects.get(product_id=listing.product_id),
        PriceChange.objects.filter(listing=listing).count(),
        Purchase.objects.count(),
    )


def _keep_at_it(work, rush: Rush, seller: SellerProfile, listing_id: int, seed: int) -> None:  # type: ignore[no-untyped-def]
    chance = random.Random(seed)
    number = 0
    try:
        while rush.goes_on():
            number += 1
            work(rush, seller, listing_id, chance, f"{seed}-{number}")
    except Exception as error:
        rush.errors.append(error)
    finally:
        connections.close_all()


def _look(seller: SellerProfile, listing_id: int) -> Listing:
    listing = get_own_listing(seller, listing_id=listing_id)
    assert listing is not None
    return listing


def change_price(
    rush: Rush, seller: SellerProfile, listing_id: int, chance: random.Random, _name: str
) -> None:
    """Look at the price, and make it something else."""
    seen = _look(seller, listing_id).price_cents
    change = QuickChange(
        price_cents=chance.choice([cents for cents in range(300, 400) if cents != seen]),
        seen_price_cents=None if rush.blind else seen,
        price_is_right=True,
    )
    try:
        done = change_quickly(seller=seller, listing_id=listing_id, change=change, now=NOW)
    except PriceCollides as collision:
        is_right = collision.theirs_cents != seen and collision.mine_cents == change.price_cents
        rush.note("price collided" if is_right else "shown wrong")
        return
    if done.price_cents != change.price_cents:
        rush.note("price")


def write_word(
    rush: Rush, seller: SellerProfile, listing_id: int, _chance: random.Random, name: str
) -> None:
    """Open the form, write a word behind the story, and keep it."""
    listing = _look(seller, listing_id)
    draft = replace(draft_of(listing), description=f"{listing.description} {name}")
    try:
        publish_listing(
            seller=seller,
            draft=draft,
            now=NOW,
            listing=listing,
            seen_version=None if rush.blind else listing.version,
            seen_stock=draft.stock,
        )
    except EditCollides:
        rush.note("form collided")
        return
    rush.note("form", word=name)


def count_stock(
    rush: Rush, seller: SellerProfile, listing_id: int, chance: random.Random, _name: str
) -> None:
    """Look how many there are, and take one off or put some back."""
    seen: int = _look(seller, listing_id).available  # type: ignore[attr-defined]
    step = chance.choice((-1, 1)) if seen > LOW else 5
    change = QuickChange(stock=seen + step, seen_stock=None if rush.blind else seen)
    done = change_quickly(seller=seller, listing_id=listing_id, change=change, now=NOW)
    # What is taken off may be sold already: there is never less than nothing.
    rush.note("count", stock=max(0, done.available + step) - done.available)


def buy_one(
    rush: Rush, _seller: SellerProfile, listing_id: int, _chance: random.Random, _name: str
) -> None:
    """Put one into a basket and order it."""
    try:
        buy(basket_with(Listing.objects.get(pk=listing_id)))
    except NotEnoughStock:
        rush.note("sold out")
        return
    rush.note("bought")


def watch_stock(
    rush: Rush, _seller: SellerProfile, listing_id: int, _chance: random.Random, _name: str
) -> None:
    """Look whether more is held than there is, or less than nothing."""
    record = StockRecord.objects.get(product__listing=listing_id)
    if not 0 <= record.num_allocated <= record.num_in_stock:
        rush.seen_wrong.append(f"{record.num_in_stock} there, {record.num_allocated} held")
    rush.note("looked")
