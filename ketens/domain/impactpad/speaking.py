"""Every text of a pad that the public reads, and what the rules find in each.

One list of texts, so that no road goes round the rules: what is shown is read here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ketens.domain.impactpad.content import Pad
from ketens.domain.impactpad.people import find_people
from winkelstraat.common.claims import (
    Context,
    Evidence,
    Scope,
    Subject,
    check_text,
    normalise,
)

COUNTS_PEOPLE = "people"
REALISES = "realises"
# A goal of the world is not reached by one enterprise: "draagt bij aan" (UN guidelines).
NEAR = r"(?:[^.!?]|(?<=\d)\.(?=\w)){0,60}"
REALISED = re.compile(
    rf"\b(realise\w*|verwezenlijk\w*|behaal\w*|haalt|halen|vervul\w*|voldoe\w*|achiev\w*)\b"
    rf"{NEAR}\b(sdgs?|wereld-?doel\w*|duurzame ontwikkelingsdoel\w*|global goals?)\b"
    rf"|\b(sdgs?|wereld-?doel\w*)\b{NEAR}\b(gerealiseerd|behaald|gehaald|bereikt|vervuld)\b"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text with the part of the pad where it was written."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a text from the street: a rule and the words that did it."""

    section: str
    rule: str
    words: str


def list_texts(pad: Pad) -> Iterator[Spoken]:
    """Yield every text of a pad that its public page shows."""
    told = pad.mission
    for text in (
        told.mission,
        told.problem,
        told.target_group,
        told.stance_reason,
        told.uncertainty,
    ):
        yield Spoken("mission", text)
    for goal in pad.goals:
        yield Spoken("goals", goal.text)
    for step in pad.steps:
        yield Spoken("steps", step.text)
    for link in pad.links:
        yield Spoken("links", link.assumption)
    for one in pad.indicators:
        yield Spoken("indicators", f"{one.name}. {one.unit}. {one.source}")
    yield Spoken("comparison", f"{pad.comparison.how} {pad.comparison.source}")
    value = pad.valuation
    yield Spoken("valuation", f"{value.what}. {value.proxy_source}. {value.input_source}")


def find_faults(texts: Iterable[Spoken], *, today: date, is_measured: bool) -> tuple[Fault, ...]:
    """Return what may not stand on the street; ``is_measured`` when the goals have indicators."""
    evidence = (Evidence("sdg_indicator", Scope.ENTERPRISE),) if is_measured else ()
    context = Context(today=today, subject=Subject.PAGE, evidence=evidence)
    found: list[Fault] = []
    for spoken in texts:
        if not spoken.text.strip():
            continue
        found += (
            Fault(spoken.section, finding.rule, finding.words)
            for finding in check_text(spoken.text, context)
            if finding.is_blocking
        )
        found += (Fault(spoken.section, COUNTS_PEOPLE, hit) for hit in find_people(spoken.text))
        found += (
            Fault(spoken.section, REALISES, hit.group())
            for hit in REALISED.finditer(normalise(spoken.text))
        )
    return tuple(dict.fromkeys(found))
