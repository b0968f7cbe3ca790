"""What is known of one enterprise for the profile of the agenda, and how it is counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ketens.domain.movement import Facts, Place, find_place

# Texts of the agenda under a code that officially is another target (IMPACT: SDG targets).
OFFICIAL_CODES = {"17.4": "17.14"}
# Of each question one answer counts, so its counts add up to who answered.
ONE_OF = ("since", "measuring", "people", "hours")
NOBODY = frozenset({"none", "untold"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One enterprise on one day; `answers` are empty when it never answered."""

    enterprise_id: int
    municipality: str
    village: str
    facts: Facts
    dimensions: tuple[str, ...] = ()
    drives: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where it rides."""
        return find_place(self.facts)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a whole have each property; one enterprise may have several."""

    whole: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Exact counts; `lines` add up to their total, `shares` do not."""

    total: int
    answered: int
    lines: Mapping[str, Mapping[str, int]]
    shares: Mapping[str, Share]
    municipalities: Mapping[str, Mapping[str, int]]


def count_profiles(profiles: Sequence[Profile], keys: Mapping[str, Sequence[str]]) -> Counts:
    """Count enterprises by everything that the agenda asks; `keys` are what may be counted.

    What an enterprise answered goes before what the register says; need of support, since
    when and how large are counted among who answered.
    """
    answered = [one for one in profiles if one.answers]
    lines = {
        "place": _tally((one.place.value for one in profiles), [place.value for place in Place]),
        "stance": _tally((one.facts.stance for one in profiles), keys["stance"]),
    }
    for name in ONE_OF:
        chosen = (one.answers[name][0] for one in answered if one.answers.get(name))
        lines[name] = _tally(chosen, keys[name])
    everybody = {
        name: Share(
            len(profiles), _tally((key for one in profiles for key in getattr(one, name)), names)
        )
        for name, names in keys.items()
        if name in ("dimensions", "drives", "sdg_targets")
    }
    asked = [one for one in answered if one.answers.get("support")]
    needs = (key for one in asked for key in one.answers["support"])
    support = Share(len(asked), _tally(needs, keys["support"]))
    rows: dict[str, dict[str, int]] = {}
    for one in profiles:
        row = rows.setdefault(one.municipality, dict.fromkeys((p.value for p in Place), 0))
        row[one.place.value] += 1
    return Counts(
        total=len(profiles),
        answered=len(answered),
        lines=lines,
        shares={**everybody, "support": support},
        municipalities=dict(sorted(rows.items())),
    )


def official_codes(codes: Collection[str]) -> tuple[str, ...]:
    """Return codes of targets as the United Nations number them, each once.

    Only 17.4 is translated: the agenda's 11.4 cannot be told from the official one.
    """
    return tuple(sorted({OFFICIAL_CODES.get(code, code) for code in codes}))


def write_profile(profile: Profile) -> dict[str, Any]:
    """Return a profile as it is kept in a snapshot."""
    return {
        "municipality": profile.municipality,
        "village": profile.village,
        "stance": profile.facts.stance,
        "chains": list(profile.facts.chains),
        "level": profile.facts.level,
        "months": profile.facts.months,
        "dimensions": list(profile.dimensions),
        "drives": list(profile.drives),
        "sdg_targets": list(profile.sdg_targets),
        "answers": {key: list(values) for key, values in sorted(profile.answers.items())},
    }


def read_profile(enterprise_id: int, kept: Mapping[str, Any]) -> Profile:
    """Return a profile from what a snapshot kept."""
    return Profile(
        enterprise_id=enterprise_id,
        municipality=kept["municipality"],
        village=kept["village"],
        facts=Facts(kept["stance"], tuple(kept["chains"]), kept["level"], kept["months"]),
        dimensions=tuple(kept["dimensions"]),
        drives=tuple(kept["drives"]),
        sdg_targets=tuple(kept["sdg_targets"]),
        answers={key: tuple(values) for key, values in kept["answers"].items()},
    )


def _tally(found: Iterable[str], keys: Sequence[str]) -> dict[str, int]:
    """Count what was found; a key that nobody chose counts nought."""
    counts = dict.fromkeys(keys, 0)
    for key in found:
        counts[key] = counts.get(key, 0) + 1
    return counts
