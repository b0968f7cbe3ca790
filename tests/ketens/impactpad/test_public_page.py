"""The public page: only what the enterprise published, under the rules, gone when it must."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.impactpad.content import Feed, Indicator, Round
from ketens.domain.work import TargetGroup
from ketens.models import LevelClaim
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.impactpad import take_down_pad
from ketens.operations.levels import withdraw_level
from ketens.queries.impactpad.pages import get_impact_page, get_impact_tip
from tests.builders import build_enterprise
from tests.ketens.impactpad.pads import FULL, GOALS, INDICATORS, MISSION, ROUNDS, without
from tests.ketens.impactpad.writing import NOW, person, publish, reach, write

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
OF_PEOPLE = (
    Indicator("i3", "Uren werk dat een kans geeft", feed=Feed.WORK_HOURS, frequency="month",
              target=Decimal(777)),
    Indicator("i4", "Deelnemers met een diploma", "personen", "eigen lijst",
              baseline=Decimal(333), target=Decimal(888)),
)  # fmt: skip


@pytest.fixture
def bakery() -> Enterprise:
    bakery = build_enterprise("Bakkerij Oost")
    write(bakery)
    publish(bakery)
    return bakery


def read(client: Client, bakery: Enterprise, tail: str = "") -> str:
    page = client.get(f"/impact/{bakery.slug}/{tail}", headers={"accept-language": "nl"})
    assert page.status_code == 200
    return page.content.decode()


def test_it_tells_mission_goals_links_and_measurements(bakery: Enterprise, client: Client):
    page = read(client, bakery)
    for told in (
        "Geen brood uit onze oven gaat weg.",
        "draagt bij aan SDG 12.3 met “Brood dat over is”",
        "draagt bij aan SDG 11.a met “Klanten die de weg kennen”",
        "de provinciale agenda schrijft 11.4",
        "Dat zien we elke week.",
        "3: eigen meting, voor en na",
        "34,5%",
        "Wat onzeker is",
        "Er is nog geen niveau van het Impactpad beoordeeld.",
    ):
        assert told in page
    assert "<svg" in page
    assert "Inzet: Graan en een oven." in page
    assert 'style="' not in page


def test_nothing_is_public_before_the_enterprise_says_so(client: Client):
    bakery = build_enterprise()
    write(bakery)
    assert client.get(f"/impact/{bakery.slug}/").status_code == 404
    publish(bakery)
    write(bakery, without(mission=replace(MISSION, mission="Nog niet bekeken.")))
    assert "Nog niet bekeken." not in read(client, bakery)
    take_down_pad(enterprise=bakery, user=None, now=NOW)
    assert client.get(f"/impact/{bakery.slug}/").status_code == 404


def test_a_suspended_enterprise_has_no_page(bakery: Enterprise, client: Client):
    Enterprise.objects.filter(pk=bakery.pk).update(status=EnterpriseStatus.SUSPENDED)
    for tail in ("", "kort/", "meting/i2/"):
        assert client.get(f"/impact/{bakery.slug}/{tail}").status_code == 404


def test_a_level_shows_its_proof_and_who_looked_when(bakery: Enterprise, client: Client):
    reach(bakery, 1)
    page = read(client, bakery)
    for told in ("Niveau 1 van 5", "bladzijde 4", "Marijke Vos", "Verslag gezien.", "20 november"):
        assert told in page
    assert "De namen van niveau 3, 4, 5 moeten nog met de handleiding" in page


def test_the_page_goes_when_a_proof_runs_out_and_comes_back_without_that_level(
    bakery: Enterprise,
):
    claim = reach(bakery, 1, until=TODAY + timedelta(days=10))
    assert get_impact_page(bakery.slug, today=TODAY + timedelta(days=10)) is not None
    after = TODAY + timedelta(days=11)
    assert get_impact_page(bakery.slug, today=after) is None
    withdraw_level(claim=claim, user=person(), now=NOW)
    found = get_impact_page(bakery.slug, today=after)
    assert found is not None
    assert found.level == 0


def test_a_text_that_may_not_stand_any_more_takes_the_page_away(bakery: Enterprise):
    # What slipped in past the rules of its day, by whatever road, is looked at on every read.
    reach(bakery, 1)
    LevelClaim.objects.update(proof="Wij zijn klimaatneutraal.")
    assert get_impact_page(bakery.slug, today=TODAY) is None


def test_no_number_about_people_leaves_the_enterprise(client: Client):
    bakery = build_enterprise()
    rounds = (*ROUNDS, Round("i4", TODAY, Decimal(444), 555, 222))
    comparison = replace(FULL.comparison, indicator="i4", without=Decimal(666))
    goals = (replace(GOALS[0], indicator="i3"), *GOALS[1:])
    pad = without(
        indicators=(*INDICATORS, *OF_PEOPLE), rounds=rounds, comparison=comparison, goals=goals
    )
    said = Declaration(TargetGroup.WAJONG, TODAY.replace(month=10, day=1), Decimal(123), 3)
    declare_hours(employer=bakery, declaration=said, user=None, now=NOW)
    write(bakery, pad)
    publish(bakery)
    pages = [read(client, bakery, tail) for tail in ("", "meting/i3/", "meting/i4/", "kort/")]
    for page in pages:
        for number in ("123", "333", "444", "555", "222", "666", "777", "888", "Wajong"):
            assert f">{number}" not in page.replace(" ", "")
            assert f"{number} " not in page
    for page in pages[:3]:
        assert "We tonen geen getal: bij één werkgever kan iemand herkend worden." in page
        assert "vanaf 3 werkgevers samen" in page


def test_few_answers_are_told_as_few(bakery: Enterprise, client: Client):
    page = read(client, bakery, "meting/i2/")
    assert "31 van 40 gaven antwoord" in page
    assert "minder dan 10 van minder dan 10 gaven antwoord" in page
    assert "9 gaven" not in page


def test_a_value_in_euros_is_public_only_at_level_five_and_with_its_table(client: Client):
    bakery = build_enterprise()
    by_hand = tuple(replace(goal, indicator="i2") for goal in GOALS)
    write(bakery, without(goals=by_hand, valuation=replace(FULL.valuation, indicator="i2")))
    publish(bakery)
    for level in range(1, 5):
        reach(bakery, level)
        assert "Waarde in euro’s" not in read(client, bakery)
    reach(bakery, 5)
    page = read(client, bakery)
    assert "1,65 euro aan waarde" in page
    assert "Een kwart lager" in page
    assert "€\u00a02,50" in page
    assert "prijs aan de toonbank" in page


def test_a_page_takes_few_queries(bakery: Enterprise, django_assert_num_queries: Any):
    feeds = tuple(
        Indicator(f"f{place}", f"x{place}", feed=feed, frequency="month", target=Decimal(1))
        for place, feed in enumerate((Feed.WORK_HOURS, Feed.CHAIN_GOODS, Feed.TRACED_SHARE))
    )
    write(bakery, without(indicators=(*INDICATORS, *feeds)))
    publish(bakery)
    for level in range(1, 3):
        reach(bakery, level)
    with django_assert_num_queries(6):
        page = get_impact_page(bakery.slug, today=TODAY)
    assert page is not None
    assert page.level == 2


def test_the_shop_points_to_it(bakery: Enterprise, client: Client, django_assert_num_queries: Any):
    other = build_enterprise("Molen")
    with django_assert_num_queries(3):
        get_impact_tip(bakery.slug, today=TODAY)
    tip = client.get(f"/impact/{bakery.slug}/kort/", headers={"hx-request": "true"})
    assert f'href="/impact/{bakery.slug}/"' in tip.content.decode()
    assert "<html" not in tip.content.decode()
    none = client.get(f"/impact/{other.slug}/kort/", headers={"hx-request": "true"})
    assert (none.status_code, none.content.decode().strip()) == (200, "")
    assert "heeft nu geen impactpagina" in read(client, other, "kort/")
