"""No figure and no refresh of a month reads the ledger from end to end."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ketens.domain.monitor import PlaceKind, Slice
from ketens.models import MonitorMonth
from ketens.operations.monitor import refresh_months
from ketens.queries.monitor import get_figure, list_by_month, list_by_place
from ketens.queries.monitor.facts import read_facts
from ketens.queries.monitor.stale import list_stale_months
from tests.bench.monitor_street import NOW, Size, write_street

pytestmark = pytest.mark.django_db

LARGE = ("ledger_transfer", "ketens_calculation", "ketens_monitormonth")
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 1)
SMALL = Size(orders=600, shops=20, villages=20, municipalities=3, chains=6, groups=5, products=200)


def test_no_figure_and_no_refresh_reads_the_ledger_from_end_to_end():
    transfers = write_street(SMALL)
    assert transfers == 600 * 34
    months = list_stale_months()
    assert len(months) == 35
    refresh_months(now=NOW, months=months)
    assert list_stale_months() == ()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    readings: dict[str, Callable[[], Any]] = {
        "refresh": lambda: list(read_facts(LAST, date(2026, 10, 1))),
        "stale": list_stale_months,
        "figure": lambda: get_figure(Slice("emission_mg_co2e", FIRST, LAST)),
        "months": lambda: list_by_month(Slice("goods_g", FIRST, LAST)),
        "places": lambda: list_by_place(
            "turnover_cents", PlaceKind.MUNICIPALITY, first_month=FIRST, last_month=LAST
        ),
    }
    scans = {name: scanned(read) for name, read in readings.items()}
    # Which months are behind is found from one kept row a month, all of them.
    assert scans.pop("stale") <= {"ketens_monitormonth"}
    assert scans == {name: set() for name in scans}
    figure = get_figure(Slice("emission_mg_co2e", date(2024, 1, 1), date(2026, 12, 1)))
    assert figure.value == 600 * 3 * 3 * 20
    assert (
        MonitorMonth.objects.filter(place_kind="province", chain=None, product_group="").count()
        == 35
    )


def test_the_reader_of_plans_sees_a_scan():
    write_street(SMALL)
    assert scanned(lambda: list(MonitorMonth.objects.filter(numbers={}))) == set(LARGE[2:])


def scanned(read: Callable[[], Any]) -> set[str]:
    """Return which large tables the statements of `read` go through from end to end."""
    with CaptureQueriesContext(connection) as captured:
        read()
    found: set[str] = set()
    for query in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"].replace("%", "%%"), [])
            plan = cursor.fetchone()[0]
        nodes = json.loads(plan) if isinstance(plan, str) else plan
        found |= set(scans_of(nodes[0]["Plan"]))
    return found & set(LARGE)


def scans_of(node: dict[str, Any]) -> list[str]:
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return own + [name for part in node.get("Plans", []) for name in scans_of(part)]
