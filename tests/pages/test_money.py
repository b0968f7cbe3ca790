"""What a village earned is told a month later, and never when it is that of few shops."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from dorpen.pages.queries.figures import list_street_figures, list_village_figures
from dorpen.register.models import Village
from tests.builders import build_enterprise, build_village
from winkelstraat.ledger.operations import Posting, Unit, post_transfers

pytestmark = pytest.mark.django_db

FIRST = date(2026, 11, 1)
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 1)


def earn(shop: int, cents: int, day: date = OCTOBER) -> None:
    posting = Posting(
        unit=Unit.CENTS,
        debit="stripe:clearing",
        credit=f"shop:{shop}:payable",
        amount=cents,
        source=f"test:{shop}:{day}",
        reason="sale",
        activity_date=day,
    )
    now = timezone.make_aware(datetime(day.year, day.month, day.day, 12)) + timedelta(hours=1)
    post_transfers(postings=[posting], now=now)


def shops(name: str, number: int) -> list[int]:
    village = build_village(name)
    return [build_enterprise(f"{name} {one}", village=village).pk for one in range(number)]


def told(village: str) -> list[str]:
    with translation.override("nl"):
        rows = list_village_figures(Village.objects.get(name=village).pk, since=FIRST)
    return [row.value_text.replace("\u00a0", " ") for row in rows if "verdien" in row.label]


def test_three_shops_are_told_together_and_one_or_two_are_not() -> None:
    three, two, one = shops("Norg", 3), shops("Roden", 2), shops("Peize", 1)
    for shop in (*three, *two, *one):
        earn(shop, 10_050)
    assert told("Norg") == ["€ 301,50"]
    assert told("Roden") == []
    assert told("Peize") == []


def test_one_large_shop_among_three_is_not_told() -> None:
    for shop, cents in zip(shops("Norg", 3), (90_000, 10_000, 10_000), strict=True):
        earn(shop, cents)
    assert told("Norg") == []


def test_the_running_month_is_nobody_s_to_subtract() -> None:
    three = shops("Norg", 3)
    for shop in three:
        earn(shop, 10_000)
    before = told("Norg")
    earn(three[0], 55_555, NOVEMBER)
    assert told("Norg") == before == ["€ 300,00"]
    with translation.override("nl"):
        labels = [row.label for row in list_street_figures(since=FIRST)]
    assert any("oktober" in label for label in labels)
