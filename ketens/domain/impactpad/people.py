"""Nobody is singled out: what of one enterprise may be counted or said about people.

One enterprise is one employer, and the public policy asks for three. So whatever it
counts of people stays with itself; its pad says that, and tells the rest in words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ketens.domain.disclosure import PUBLIC, Disclosure, Ground, Group, Shown, Withheld
from ketens.domain.impactpad.content import Feed, Indicator, Pad
from winkelstraat.common.claims import normalise

PERSON = (
    r"(mens(en)?|personen|persoon|medewerk(er|ster)s?|collega'?s?|werknemers?|deelneme?rs?"
    r"|kandidaten|kandidaat|jongeren|jongere|leerlingen|leerling|stagiairs?|stagiaires?"
    r"|statushouders?|nieuwkomers?|vluchtelingen|wajongers?|werkzoekenden?|clienten|client"
    r"|vrijwilligers?|mannen|man|vrouwen|vrouw|jongens?|meisjes?|bakkers?|koks?|ouders?"
    r"|people|persons?|employees|participants|trainees)"
)
SINGULAR = (
    r"(persoon|medewerker|medewerkster|collega|werknemer|deelnemer|deelneemster|kandidaat|jongere"
    r"|leerling|stagiair|stagiaire|statushouder|vluchteling|client|vrijwilliger|man|vrouw|jongen"
    r"|meisje|bakker|kok)"
)
NUMBER = (
    r"(\d+|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien"
    r"|vijftien|zestien|zeventien|achttien|negentien|twintig|dertig|one|two|three|four|five)"
)
DISTANCE = (
    r"(wajong\w*|\bwia\b|\bwao\b|\bwsw\b|\bww\b|uitkering\w*|bijstand\w*|participatiewet"
    r"|doelgroepregister|banenafspraak\w*|beschut\w*|dagbesteding|arbeidsmarkt|statushouders?"
    r"|beperking\w*|handicap\w*|autis\w*|verslav\w*|psychi\w*|burn-?out|schulden|dakloo?[sz]\w*"
    r"|re-?integratie\w*|leerwerk\w*|werkervaring\w*|proefplaats\w*|detentie|ex-?gedetineerd\w*)"
)
# "3 collega's", "twee jongeren uit het dorp": a number that counts those who work.
COUNTED = re.compile(rf"\b{NUMBER} (\w+ ){{0,3}}{PERSON}\b")
# "onze collega die uit de bijstand komt": one person, told beside a distance to work.
ONE = re.compile(rf"\biemand\b|\b(onze|mijn|deze|die|zijn|haar) (\w+ ){{0,2}}{SINGULAR}\b")
NEAR = re.compile(rf"{DISTANCE}")
SENTENCE = re.compile(r"[.!?;\n]+")
# Words in an indicator's name or unit that make it a count of people, ticked or not.
OF_PEOPLE = re.compile(
    rf"\b{PERSON}\b|{DISTANCE}"
    r"|\b(personeel|banen|baan|arbeidsplaats\w*|plaatsing\w*|werkplek\w*|fte|instroom|uitstroom"
    r"|jobs|staff)\b"
)
COLLEAGUE = re.compile(
    r"medewerk|collega|werknem|deelnem|kandida|jonger|leerling|stagiair|statushoud|nieuwkom"
    r"|vluchtel|wajong|werkzoek|client|employee|participant|trainee"
)


def is_about_people(indicator: Indicator) -> bool:
    """Tell whether an indicator counts people or their hours, whatever its box says."""
    if indicator.is_about_people or indicator.feed == Feed.WORK_HOURS:
        return True
    if indicator.feed:
        return False
    return bool(OF_PEOPLE.search(normalise(f"{indicator.name} | {indicator.unit}")))


def show_of_one(employer_id: int, amount: Decimal, *, policy: Disclosure = PUBLIC) -> Shown:
    """Return what may be shown of a number about people at one employer.

    An exact nothing is withheld too: next to a later number it would tell who came.
    """
    group = Group(people=int(amount), by_employer={employer_id: amount})
    if len(group.by_employer) < policy.least_employers:
        return Shown(None, Withheld.FEW_EMPLOYERS, below=policy.least_employers)
    return policy.show_hours(group, Ground.MUNICIPALITY, is_split=False)


def show_answers(number: int | None, *, policy: Disclosure = PUBLIC) -> Shown:
    """Return how many were asked or answered, or that they are fewer than the policy shows."""
    if number is None:
        return Shown(None)
    if number < policy.least_people:
        return Shown(None, Withheld.FEW_PEOPLE, below=policy.least_people)
    return Shown(number)


def find_people(text: str) -> Iterator[str]:
    """Yield words that count colleagues, or one person beside a distance to work."""
    for sentence in SENTENCE.split(text):
        said = normalise(sentence)
        for hit in COUNTED.finditer(said):
            if COLLEAGUE.search(hit.group()) or NEAR.search(said):
                yield hit.group()
        if NEAR.search(said):
            yield from (hit.group() for hit in ONE.finditer(said))


def may_value(pad: Pad) -> bool:
    """Tell whether a valuation may be shown: its count would tell how many people it is about."""
    indicator = pad.indicator(pad.valuation.indicator)
    told = f"{pad.valuation.what} {indicator.name if indicator else ''}"
    return (
        indicator is not None
        and not is_about_people(indicator)
        and not OF_PEOPLE.search(normalise(told))
    )
