"""The eighteen rules on claims: for each a text that passes and one that fails."""

from dataclasses import replace
from datetime import date

import pytest

from winkelstraat.common.claims import (
    Comparison,
    Context,
    Evidence,
    Label,
    Origin,
    Outcome,
    Picture,
    Plan,
    Result,
    Scope,
    Subject,
    check_text,
    digest_of,
    is_blocked,
    read_rules,
)

TODAY = date(2026, 11, 23)
BARE = Context(today=TODAY)
SPECIFIED = "100% van de stroom van deze bakkerij komt van eigen zonnepanelen (2026)"
ENVIRONMENT = Evidence("environmental", Scope.PRODUCT)
SOCIAL = Evidence("social", Scope.PRODUCT)
RESULT = Result("6a0b1f0e", date(2026, 8, 20), valid_until=date(2027, 1, 1))
LIKE = Comparison("brood van 2024", True, True, True, True, 97, "https://voorbeeld.nl/methode")
LABEL = Label(
    name="EKO",
    owner="Stichting EKO",
    is_third_party_certified=True,
    criteria_url="https://voorbeeld.nl/eisen",
    monitoring_body="Skal",
    certificate="012345",
    valid_until=date(2027, 6, 30),
)
PLAN = Plan(
    url="https://voorbeeld.nl/plan",
    interim_targets=(date(2027, 12, 31),),
    resources="40.000 euro",
    verifier="Kiwa",
    verified_on=date(2026, 3, 1),
)
APPROVED = "Acht uur werk per week."
SDG = Evidence("sdg_indicator", Scope.ENTERPRISE)

# rule, failing text with its context, passing text with its context
CASES = [
    ("C01", "Milieuvriendelijk brood", BARE,
     f"Milieuvriendelijk: {SPECIFIED}", replace(BARE, specifications=(SPECIFIED,))),
    ("C02", "Een duurzaam brood", BARE,
     f"Duurzaam: {SPECIFIED}",
     replace(BARE, specifications=(SPECIFIED,), evidence=(ENVIRONMENT, SOCIAL))),
    ("C03", "Gebakken op zonnestroom",
     replace(BARE, scope=Scope.PRODUCT, evidence=(Evidence("environmental", Scope.PART),)),
     "Gebakken op zonnestroom",
     replace(BARE, scope=Scope.PRODUCT, evidence=(ENVIRONMENT,))),
    ("C04", "CO2-neutraal brood", BARE,
     "De bakker betaalt elk jaar mee aan het bos van Gieten.", BARE),
    ("C05", "Brood", replace(BARE, pictures=(Picture("keurmerk EKO"),)),
     "Brood", replace(BARE, pictures=(Picture("keurmerk EKO", label=LABEL),))),
    ("C06", "Met het impactkeurmerk van de straat", BARE,
     "Wat we meten staat in de tabel.", BARE),
    ("C07", "In 2030 bakken we zonder gas", BARE,
     "In 2030 bakken we zonder gas", replace(BARE, plan=PLAN)),
    ("C08", "Minder CO2 dan ander brood", BARE,
     "Minder CO2 dan ons brood van 2024", replace(BARE, comparison=LIKE)),
    ("C09", "Zonder verboden middelen geteeld", BARE, "Zonder kunstmest geteeld", BARE),
    ("C10", "Glutenvrij water", BARE, "Glutenvrij brood", BARE),
    ("C11", "1,2 kg CO2 per brood", BARE, "1,2 kg CO2 per brood", replace(BARE, result=RESULT)),
    ("C12", "Brood van graan uit de streek", BARE,
     "Brood van graan uit de streek", replace(BARE, origin=Origin("Westerveld", 800, 850))),
    ("C13", "Biologisch brood", BARE,
     "Biologisch brood",
     replace(BARE, evidence=(Evidence("organic", Scope.PRODUCT, date(2027, 1, 1),
                                      reference="NL-BIO-01"),))),
    ("C14", "500 maaltijden gered", replace(BARE, result=RESULT),
     "500 maaltijden gered, een maaltijd is 0,42 kg", replace(BARE, result=RESULT)),
    ("C15", "Goed voor 12 banen", BARE,
     "Goed voor 12 banen: 12 personen in 2026, netto tegenover de nulmeting", BARE),
    ("C16", "Brood", replace(BARE, pictures=(Picture("Weiland met vlinders"),)),
     "Brood", replace(BARE, pictures=(Picture("Een brood op een plank"),))),
    ("C17", APPROVED + " En meer.", replace(BARE, approved_digest=digest_of(APPROVED)),
     APPROVED, replace(BARE, approved_digest=digest_of(APPROVED))),
    ("C18", "Brood voor SDG 12", BARE,
     "Wat we bijdragen staat bij de winkel.", BARE),
]  # fmt: skip


def rules_hit(text, context):
    return {finding.rule for finding in check_text(text, context)}


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_rule_has_a_text_that_fails_and_one_that_passes(case):
    rule, bad, bad_context, good, good_context = case
    assert rule in rules_hit(bad, bad_context)
    assert rule not in rules_hit(good, good_context)


def test_every_rule_of_the_table_is_tried():
    assert [case[0] for case in CASES] == [f"C{number:02}" for number in range(1, 19)]
    assert {rule.id for rule in read_rules().rules} == {case[0] for case in CASES}


def test_only_a_review_lets_a_text_through():
    reviews = {rule.id for rule in read_rules().rules if rule.outcome is Outcome.REVIEW}
    assert reviews == {"C10", "C16"}
    for rule, bad, bad_context, _good, _context in CASES:
        assert is_blocked(bad, bad_context) == (rule not in reviews), rule


@pytest.mark.parametrize(
    "text",
    [
        "Duurzaam brood",
        "DUURZAME koffie",
        "dúúrzaam",
        "d u u r z a a m",
        "d.u.u.r.z.a.a.m",
        "duur&shy;zaam",
        "duur\u200bzaam",
        "duur<b>zaam</b>",
        "duur zaam gebakken",
        "duurz\u0430am",
        "sustainable bread",
        "CO2-neutraal",
        "CO₂‑neutraal",
        "co 2 neutraal",
        "klimaatneutrale kaas",
        "CO2 neutral cheese",
        "carbon-neutral",
        "volledig gecompenseerde uitstoot",
        "Lekker 🌿",
        "Lekker 🌱",
        "Lekker ☘️",
        "Lekker ♻️",
        "Lekker &#127811;",
    ],
)
def test_no_spelling_slips_through(text):
    assert is_blocked(text, BARE)


@pytest.mark.parametrize(
    "text",
    [
        "Groene kool van het veld",
        "Een groene trui",
        "We maken de fiets schoon en kijken de remmen na",
        "Stofzuiger met een schone motor",
        "Biologie voor beginners",
        "Een biografie van Ellert en Brammert",
        "Ecuador, gewassen koffie",
        "Blad sla, gesneden",
        "25% korting op de tweede",
        "Geopend in 2027, elke zaterdag",
        "Een verhaal over duur en goedkoop",
        "Brood van 800 gram",
    ],
)
def test_plain_words_are_left_alone(text):
    assert not is_blocked(text, BARE)


def test_bare_green_asks_for_an_eye_and_blocks_nothing():
    findings = check_text("Een groene trui", BARE)
    assert [(one.rule, one.outcome) for one in findings] == [("C01", Outcome.REVIEW)]
    assert check_text("Groene kool", BARE) == ()


def test_a_named_reviewer_can_resolve_a_word_but_never_compensation():
    accepted = replace(BARE, accepted_rules=frozenset({"C01", "C02", "C04", "C18"}))
    assert not is_blocked("Een verantwoord gewicht", accepted)
    assert is_blocked("CO2-neutraal", accepted)
    assert is_blocked("Brood voor SDG 12", accepted)


def test_environment_alone_does_not_make_a_thing_sustainable():
    alone = replace(BARE, specifications=(SPECIFIED,), evidence=(ENVIRONMENT,))
    assert "C02" in rules_hit(f"Duurzaam: {SPECIFIED}", alone)


def test_an_offset_never_makes_an_emission_lower():
    offset = Evidence("environmental", Scope.PRODUCT, has_offset=True)
    told = replace(BARE, comparison=LIKE, evidence=(offset,))
    assert "C04" in rules_hit("Minder CO2 dan in 2024", told)
    assert "C04" not in rules_hit("Minder CO2 dan in 2024", replace(told, evidence=(ENVIRONMENT,)))


@pytest.mark.parametrize(
    "change",
    [
        {"is_third_party_certified": False},
        {"owner": ""},
        {"criteria_url": ""},
        {"monitoring_body": ""},
        {"certificate": ""},
        {"valid_until": None},
        {"valid_until": date(2026, 11, 22)},
    ],
)
def test_a_label_that_misses_anything_is_hidden(change):
    shown = Picture("keurmerk EKO", label=replace(LABEL, **change))
    assert "C05" in rules_hit("", replace(BARE, pictures=(shown,)))


def test_a_leaf_is_a_label_by_its_name_or_its_words():
    for picture in (Picture("", "leaf-icon.png"), Picture("Groen blaadje"), Picture("eco_badge")):
        assert is_blocked("Brood", replace(BARE, pictures=(picture,)))


@pytest.mark.parametrize(
    "change",
    [
        {"is_same_unit": False},
        {"is_same_database": False},
        {"is_same_stage": False},
        {"is_same_period": False},
        {"probability_percent": 94},
        {"reference": ""},
        {"method_url": ""},
    ],
)
def test_a_comparison_of_unlike_things_falls(change):
    context = replace(BARE, comparison=replace(LIKE, **change))
    assert "C08" in rules_hit("Minder CO2 dan in 2024", context)


@pytest.mark.parametrize(
    "change",
    [
        {"is_superseded": True},
        {"valid_until": date(2026, 11, 22)},
        {"factor_set_published_on": date(2024, 11, 22)},
        {"calculation_id": ""},
    ],
)
def test_a_number_falls_with_its_calculation(change):
    assert "C11" in rules_hit("1,2 kg CO2", replace(BARE, result=replace(RESULT, **change)))
    expired = Evidence("measurement", Scope.PRODUCT, date(2026, 11, 22))
    assert "C11" in rules_hit("1,2 kg CO2", replace(BARE, result=RESULT, evidence=(expired,)))


def test_a_promise_falls_when_its_check_is_old():
    stale = replace(PLAN, verified_on=date(2025, 11, 1))
    assert "C07" in rules_hit("In 2030 bakken we zonder gas", replace(BARE, plan=stale))


def test_what_is_said_of_this_year_is_no_promise():
    assert "C07" not in rules_hit("In 2026 bakken we zonder gas", BARE)


def test_an_sdg_stands_beside_a_statement_of_the_company_only():
    logo = (Picture("SDG 12 logo"),)
    seller = replace(BARE, subject=Subject.SELLER, pictures=logo)
    assert "C18" in rules_hit("", seller)
    assert "C18" not in rules_hit("", replace(seller, evidence=(SDG,)))
    assert "C18" in rules_hit("", replace(BARE, pictures=logo, evidence=(SDG,)))
