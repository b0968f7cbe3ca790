"""Nobody is singled out: counts of people, few answers, and words about one person."""

from decimal import Decimal

import pytest

from ketens.domain.disclosure import COORDINATORS, Withheld
from ketens.domain.impactpad.content import Feed, Indicator, Valuation
from ketens.domain.impactpad.people import (
    find_people,
    is_about_people,
    may_value,
    show_answers,
    show_of_one,
)
from ketens.domain.impactpad.speaking import Spoken, find_faults, list_texts
from tests.ketens.impactpad.pads import FULL, TODAY, without

SINGLED_OUT = [
    "Er werken 3 collega's met een uitkering.",
    "Twee jongeren bakken hier mee.",
    "Een medewerker uit de bijstand bakt elke dinsdag.",
    "Sinds 2024 leerden 14 mensen bakken op een leerwerkplek.",
    "Wij geven 5 deelnemers een plek.",
    "Onze bakker leerde het vak van één statushouder.",
    "dr<b>ie</b> wajongers",
    "Onze collega kwam uit de bijstand.",
    "Bij ons leert iemand met autisme het vak.",
    "Een jonge vrouw met schulden staat nu aan de toonbank.",
]
FINE = [
    "Elke week komen 40 mensen koffie drinken.",
    "Wij geven werk aan mensen met een afstand tot de arbeidsmarkt.",
    "Van 300 kg brood bleef 20 kg over.",
    "Jongeren uit het dorp leren bakken.",
    "Wij verkopen aan 3 winkels.",
    "Twee bakkers delen een oven.",
    "Iemand die hier koopt, weet waar het brood vandaan komt.",
]


@pytest.mark.parametrize("text", SINGLED_OUT)
def test_words_that_count_those_who_work_are_found(text: str):
    assert list(find_people(text))


@pytest.mark.parametrize("text", FINE)
def test_words_about_guests_goods_or_nobody_in_particular_are_fine(text: str):
    assert not list(find_people(text))


@pytest.mark.parametrize(
    "indicator",
    [
        Indicator("i", "Uren", feed=Feed.WORK_HOURS),
        Indicator("i", "Iets", is_about_people=True),
        Indicator("i", "Deelnemers met een diploma"),
        Indicator("i", "Uitstroom naar gewoon werk", "personen"),
        Indicator("i", "Banen", "fte"),
        Indicator("i", "Tevredenheid", "medewerkers"),
    ],
)
def test_an_indicator_of_people_is_one_whatever_its_box_says(indicator: Indicator):
    assert is_about_people(indicator)


def test_goods_money_and_customers_are_no_target_group():
    names = ("Brood dat over is", "Omzet", "Klanten die de weg kennen", "Ritten met de bakfiets")
    assert not any(is_about_people(Indicator("i", name)) for name in names)
    assert not is_about_people(Indicator("i", "Personeel", feed=Feed.CHAIN_TURNOVER))


@pytest.mark.parametrize("amount", [0, 1, 9, 10, 400, 100_000])
def test_one_employer_never_shows_a_number_not_even_nothing(amount: int):
    shown = show_of_one(7, Decimal(amount))
    assert (shown.value, shown.withheld, shown.below) == (None, Withheld.FEW_EMPLOYERS, 3)


def test_another_policy_is_asked_and_not_gone_round():
    assert show_of_one(7, Decimal(12), policy=COORDINATORS).value == 12
    assert show_of_one(7, Decimal(4), policy=COORDINATORS).withheld is Withheld.FEW_PEOPLE


def test_few_answers_are_told_as_few():
    assert (show_answers(9).value, show_answers(9).below) == (None, 10)
    assert show_answers(10).value == 10
    assert show_answers(0).value is None
    assert show_answers(None) == show_answers(None)


def test_a_value_that_counts_people_is_not_shown():
    assert may_value(FULL)
    of_people = (Indicator("i1", "Banen"), *FULL.indicators[1:])
    assert not may_value(without(indicators=of_people))
    assert not may_value(without(valuation=Valuation(indicator="i1", what="Een plaatsing")))
    assert not may_value(without(valuation=Valuation()))


def faults_of(text: str) -> set[str]:
    return {one.rule for one in find_faults([Spoken("mission", text)], today=TODAY, is_measured=1)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Wij bakken duurzaam.", "C01"),
        ("Een klimaatneutrale bakkerij.", "C04"),
        ("In 2030 is al onze energie van het dak.", "C07"),
        ("Wij maken 12 extra banen.", "C15"),
        ("Wij realiseren SDG 12.3.", "realises"),
        ("Het werelddoel 12.3 is bij ons gehaald.", "realises"),
        ("Wij hebben 4 medewerkers.", "people"),
    ],
)
def test_what_nothing_proves_is_found(text: str, rule: str):
    assert rule in faults_of(text)


def test_contributing_is_the_word():
    assert faults_of("Wij dragen bij aan SDG 12.3.") == set()
    assert find_faults(list_texts(FULL), today=TODAY, is_measured=True) == ()
