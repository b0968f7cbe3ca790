"""Let enterprises of the demo write their Impactpad, and let staff review its levels."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from dorpen.register.models import Enterprise, Membership
from ketens.domain.impactpad.content import Section, read_pad
from ketens.models import ImpactPad
from ketens.operations.impactpad import Edit, publish_pad, save_section
from ketens.operations.levels import LevelProof, LevelRefused, claim_level, review_level
from winkelstraat.accounts.models import RoleGrant, User
from winkelstraat.bridges.demo.stories import Story, read_table
from winkelstraat.bridges.demo.world import World

REPORT = "https://voorbeeld.nl/verslag"
# What others point at comes first.
ORDER = (
    Section.MISSION,
    Section.INDICATORS,
    Section.GOALS,
    Section.STEPS,
    Section.LINKS,
    Section.ROUNDS,
)


def make_impactpads(world: World) -> str:
    """Write every pad that is not there yet."""
    return f"{sum(make_pad(world, row) for row in read_table('impactpads'))} Impactpads written"


@transaction.atomic
def make_pad(world: World, row: Story) -> int:
    """Write one pad part by part, publish it, and let its levels be reviewed."""
    enterprise = Enterprise.objects.get(slug=row["enterprise"])
    if ImpactPad.objects.filter(enterprise=enterprise).exists():
        return 0
    owner = Membership.objects.filter(enterprise=enterprise, role="owner").select_related("user")
    user = owner[0].user if owner else None
    pad = read_pad(row["pad"] | {"rounds": date_rounds(world, row["pad"])})
    number = 0
    for place, section in enumerate(ORDER):
        at = world.now - timedelta(days=40 - place * 3)
        content = getattr(pad, section.value)
        if content:
            edit = Edit(section, content, number)
            number = save_section(enterprise=enterprise, edit=edit, user=user, now=at).number
    # On some days of the year the books hold one whole month; then level 3 waits, as it should.
    with suppress(LevelRefused):
        for level in row["levels"]:
            make_level(world, enterprise, level)
    if row["public"]:
        publish_pad(enterprise=enterprise, number=number, user=user, now=world.now)
    return 1


def date_rounds(world: World, pad: Story) -> list[Story]:
    """Return the measurements on days counted back from the demo's day."""
    return [
        {**told, "day": (world.now.date() - timedelta(days=told["days_ago"])).isoformat()}
        for told in pad.get("rounds", [])
    ]


def make_level(world: World, enterprise: Enterprise, row: Story) -> None:
    """Claim a level with its proof and let staff say that it stands."""
    until = world.now.date() + timedelta(days=row["days"])
    claim = claim_level(
        enterprise=enterprise,
        level=row["level"],
        proof=LevelProof(row["proof"], REPORT, valid_until=until),
        user=None,
        now=world.now,
    )
    staff = User.objects.get(
        pk=RoleGrant.objects.filter(role="platform_staff").values_list("user", flat=True)[:1]
    )
    review_level(claim=claim, reason=row["said"], user=staff, now=world.now)
