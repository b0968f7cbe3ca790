"""Write a pad as an enterprise does, and let its levels be reviewed."""

from dataclasses import fields
from datetime import UTC, date, datetime

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.content import Pad, Section
from ketens.models import LevelClaim, PadPublication, PadVersion
from ketens.operations.impactpad import Edit, publish_pad, save_section
from ketens.operations.levels import LevelProof, claim_level, review_level
from tests.ketens.impactpad.pads import FULL
from winkelstraat.accounts.models import User

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
PROOF = LevelProof("Ons jaarverslag, bladzijde 4.", address="https://voorbeeld.nl/verslag")
# Indicators come before the goals that name them, steps before their links.
ORDER = ("mission", "indicators", "goals", "steps", "links", "rounds", "comparison", "valuation")


def person(name: str = "Anna") -> User:
    return User.objects.get_or_create(email=f"{name.lower()}@example.nl", defaults={"name": name})[
        0
    ]


def write(
    enterprise: Enterprise, pad: Pad = FULL, *, user: User | None = None, now: datetime = NOW
) -> PadVersion:
    """Keep every part of a pad; return the newest version."""
    assert set(ORDER) == {one.name for one in fields(Pad)}
    version = None
    for name in ORDER:
        base = version.number if version else newest(enterprise)
        edit = Edit(Section(name), getattr(pad, name), base)
        version = save_section(enterprise=enterprise, edit=edit, user=user, now=now)
    assert version is not None
    return version


def newest(enterprise: Enterprise) -> int:
    rows = PadVersion.objects.filter(pad__enterprise=enterprise)
    return rows.values_list("number", flat=True).first() or 0


def publish(enterprise: Enterprise, *, now: datetime = NOW) -> PadPublication:
    return publish_pad(enterprise=enterprise, number=newest(enterprise), user=None, now=now)


def reach(enterprise: Enterprise, level: int, *, until: date | None = None) -> LevelClaim:
    """Claim a level and let somebody else review it."""
    proof = LevelProof(PROOF.text, PROOF.address, valid_until=until)
    claim = claim_level(enterprise=enterprise, level=level, proof=proof, user=None, now=NOW)
    review_level(claim=claim, reason="Verslag gezien.", user=person("Marijke Vos"), now=NOW)
    claim.refresh_from_db()
    return claim
