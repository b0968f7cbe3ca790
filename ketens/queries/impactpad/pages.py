"""The public impact page of an enterprise, and whether it may stand on the street today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus, ImpactStance
from ketens.domain.impactpad.content import Mission, Pad, read_pad
from ketens.domain.impactpad.drawing import Drawing, draw
from ketens.domain.impactpad.levels import LEVELS, find_level, is_over
from ketens.domain.impactpad.people import is_about_people
from ketens.domain.impactpad.periods import Period
from ketens.domain.impactpad.speaking import Spoken, find_faults, list_texts
from ketens.models import LevelClaim, LevelStatus, PadPublication, PadVersion
from ketens.queries.impactpad.feeds import count_rounds, list_measured
from ketens.queries.impactpad.pads import list_claims, proofs_of, standing_claims
from ketens.queries.impactpad.parts import (
    ComparisonRow,
    GoalRow,
    IndicatorRow,
    LinkRow,
    ValuationRow,
    build_comparison,
    build_goal,
    build_indicator,
    build_links,
    build_valuation,
)
from ketens.queries.impactpad.reference import get_reference
from ketens.queries.impactpad.words import KINDS, say_fault

OPINION, VALUED = 1, 5


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level with its proof and who looked at it."""

    number: int
    title: str
    is_verified_title: bool
    is_reached: bool
    proof: str
    address: str
    has_file: bool
    reviewed_by: str
    reviewed_at: datetime | None
    reason: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """Everything that a visitor reads of an enterprise's impact."""

    enterprise: str
    slug: str
    village: str
    mission: Mission
    stance_text: str
    goals: tuple[GoalRow, ...]
    drawing: Drawing
    heads: tuple[tuple[str, float], ...]
    sentence: str
    links: tuple[LinkRow, ...]
    indicators: tuple[IndicatorRow, ...]
    comparison: ComparisonRow | None
    valuation: ValuationRow | None
    levels: tuple[LevelRow, ...]
    level: int
    level_title: str
    unknowns: tuple[str, ...]
    number: int
    shown_since: datetime | None

    @property
    def unchecked_titles(self) -> str:
        """The numbers of the levels whose name no owner compared with the manual yet."""
        return ", ".join(str(one.number) for one in self.levels if not one.is_verified_title)


@dataclass(frozen=True, slots=True)
class ImpactTip:
    """What a shop's page tells of the impact page beside it."""

    enterprise: str
    slug: str
    is_there: bool
    mission: str


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a page is made of."""

    enterprise: Enterprise
    version: PadVersion
    pad: Pad
    claims: tuple[LevelClaim, ...]
    today: date


def get_impact_page(slug: str, *, today: date) -> ImpactPage | None:
    """Return the public page of an enterprise, None when none stands today; six queries at most."""
    published = find_publication(slug)
    version, claims = find_standing(published, today=today)
    if published is None or version is None:
        return None
    pad = read_pad(version.content)
    ground = _Ground(published.pad.enterprise, version, pad, claims, today)
    return build_page(ground, shown_since=published.done_at)


def get_impact_tip(slug: str, *, today: date) -> ImpactTip | None:
    """Return whether an enterprise has a page today, None for an unknown one; three queries."""
    name = (
        Enterprise.objects.filter(slug=slug, status=EnterpriseStatus.VERIFIED)
        .values_list("trade_name", flat=True)
        .first()
    )
    if name is None:
        return None
    version, _claims = find_standing(find_publication(slug), today=today)
    mission = read_pad(version.content).mission.mission if version else ""
    return ImpactTip(enterprise=name, slug=slug, is_there=version is not None, mission=mission)


def find_standing(
    published: PadPublication | None, *, today: date
) -> tuple[PadVersion | None, tuple[LevelClaim, ...]]:
    """Return the version that may be read today with the claims on its levels; one query."""
    if published is None or published.version is None:
        return None, ()
    claims = tuple(list_claims(published.pad))
    if find_reasons_to_hide(published.version, claims, today=today):
        return None, claims
    return published.version, claims


def get_preview(enterprise: Enterprise, *, today: date) -> ImpactPage | None:
    """Return the page as the newest version would look to the public, None on an empty pad."""
    version = PadVersion.objects.filter(pad__enterprise=enterprise).select_related("pad").first()
    if version is None:
        return None
    claims = tuple(list_claims(version.pad))
    pad = read_pad(version.content)
    return build_page(_Ground(enterprise, version, pad, claims, today), shown_since=None)


def find_publication(slug: str) -> PadPublication | None:
    """Return the newest publication of a verified enterprise, also when it took its page off."""
    rows = PadPublication.objects.filter(
        pad__enterprise__slug=slug, pad__enterprise__status=EnterpriseStatus.VERIFIED
    )
    return rows.select_related("pad__enterprise__village", "version").first()


def find_reasons_to_hide(
    version: PadVersion, claims: Iterable[LevelClaim], *, today: date
) -> tuple[str, ...]:
    """Return why a published page may not be read today: a proof that ran out, or a rule."""
    standing = standing_claims(claims)
    found = [
        _("The proof of level %(level)s ran out.") % {"level": level}
        for level, claim in sorted(standing.items())
        if is_over(claim.valid_until, today)
    ]
    pad = read_pad(version.content)
    told = [text for claim in standing.values() for text in (claim.proof, claim.reason)]
    texts = [*list_texts(pad), *(Spoken("proof", text) for text in told)]
    is_measured = all(goal.indicator for goal in pad.goals)
    faults = find_faults(texts, today=today, is_measured=is_measured)
    return tuple(found + [say_fault(fault) for fault in faults])


def build_page(ground: _Ground, *, shown_since: datetime | None) -> ImpactPage:
    """Return a page as the public reads it; numbers about people are left out."""
    pad, enterprise = ground.pad, ground.enterprise
    measured = list_measured(pad, enterprise.pk, today=ground.today)
    rounds = count_rounds(pad, measured, today=ground.today)
    level = find_level(pad, rounds, proofs_of(ground.claims), today=ground.today)
    drawing = draw(pad.steps, pad.links)
    names = get_reference().levels
    return ImpactPage(
        enterprise=enterprise.trade_name,
        slug=enterprise.slug,
        village=enterprise.village.name,
        mission=pad.mission,
        stance_text=str(ImpactStance(pad.mission.stance).label) if pad.mission.stance else "",
        goals=tuple(build_goal(goal, pad) for goal in pad.goals),
        drawing=drawing,
        heads=tuple((str(KINDS[head.kind]), head.x) for head in drawing.heads),
        sentence=say_drawing(pad),
        links=build_links(pad),
        indicators=tuple(
            build_indicator(
                one,
                pad,
                measured.get(one.key, ()),
                enterprise=(enterprise.pk, enterprise.slug),
                is_own=False,
            )
            for one in pad.indicators
        ),
        comparison=build_comparison(pad, is_own=False),
        valuation=build_valuation(pad, is_own=False) if level == VALUED else None,
        levels=build_levels(ground.claims, level),
        level=level,
        level_title=names[level - 1].title if level else "",
        unknowns=tuple(list_unknowns(pad, measured)),
        number=ground.version.number,
        shown_since=shown_since,
    )


def build_levels(claims: Iterable[LevelClaim], reached: int) -> tuple[LevelRow, ...]:
    """Return all five levels, those that stand with who looked at their proof."""
    standing = standing_claims(claims)
    return tuple(
        build_level(number, standing.get(number), is_reached=number <= reached) for number in LEVELS
    )


def build_level(number: int, claim: LevelClaim | None, *, is_reached: bool) -> LevelRow:
    """Return one level; a level that is not reached tells nothing of its proof."""
    name = get_reference().levels[number - 1]
    shown = claim if is_reached and claim and claim.status == LevelStatus.REVIEWED else None
    return LevelRow(
        number=number,
        title=name.title,
        is_verified_title=name.is_verified,
        is_reached=is_reached,
        proof=shown.proof if shown else "",
        address=shown.address if shown else "",
        has_file=bool(shown and shown.file_name),
        reviewed_by=shown.decided_by.name if shown and shown.decided_by else "",
        reviewed_at=shown.decided_at if shown else None,
        reason=shown.reason if shown else "",
        valid_until=shown.valid_until if shown else None,
    )


def say_drawing(pad: Pad) -> str:
    """Return the drawing in words: its ways from what is put in to impact."""
    said = []
    for kind, label in KINDS.items():
        texts = [step.text for step in pad.steps if step.kind is kind]
        if texts:
            said.append(f"{label}: {'; '.join(texts)}.")
    return " ".join(said)


def list_unknowns(pad: Pad, measured: Mapping[str, tuple[Period, ...]]) -> list[str]:
    """Return what is uncertain, from the pad itself; the enterprise's own words stand beside it."""
    opinions = sum(link.grade == OPINION or link.grade is None for link in pad.links)
    found = []
    if opinions:
        found.append(
            _("%(some)s of %(all)s links rest on an opinion only.")
            % {"some": opinions, "all": len(pad.links)}
        )
    for one in pad.indicators:
        if is_about_people(one):
            continue
        if one.feed and not measured.get(one.key):
            found.append(_("“%(name)s” has no whole period in the books yet.") % {"name": one.name})
        elif not one.feed:
            found.append(
                _("“%(name)s” was measured by the enterprise itself.") % {"name": one.name}
            )
    if not pad.comparison.kind:
        found.append(_("What would have happened anyway was not looked at."))
    return found
