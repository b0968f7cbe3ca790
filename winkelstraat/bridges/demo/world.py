"""Bring places and people of the demo into the database, each once.

What is there already stays as people made it; only what is missing is added.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, radians

from django.contrib.auth.hashers import make_password

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations import (
    EnterpriseDraft,
    add_member,
    register_enterprise,
    verify_enterprise,
)
from dorpen.register.queries import VillageRow, list_villages
from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import confirm_address, grant_role
from winkelstraat.bridges.demo.stories import Story, read_clock, read_people, read_table
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.delivery.operations import PickupPointDraft, appoint_host, open_pickup_point

METRES_PER_DEGREE = 111_320


class VillagesMissing(Exception):
    """The register is empty; load it first."""


@dataclass
class World:
    """What the demo looks up while it is made; `now` is the morning of the demo's day."""

    now: datetime
    villages: dict[str, VillageRow] = field(default_factory=dict)
    password_hash: str = ""

    def village(self, slug: str) -> VillageRow:
        """Return a village of the register.

        :raises VillagesMissing: when the register does not know it.
        """
        if slug not in self.villages:
            raise VillagesMissing(f"The register has no village {slug}; run load_register.")
        return self.villages[slug]

    def distance_m(self, one: str, other: str) -> int:
        """Return the distance between two villages in metres."""
        return self.village(one).distance_m(self.village(other))


def open_world(now: datetime) -> World:
    """Look up the villages and hash the demo's password once."""
    villages = {village.slug: village for village in list_villages()}
    return World(now, villages, make_password(read_people()["password"]))


def make_person(world: World, *, name: str, email: str) -> User:
    """Return a person with the demo's password, made and confirmed when he is new."""
    user, made = User.objects.get_or_create(
        email=email, defaults={"name": name, "password": world.password_hash}
    )
    if made:
        confirm_address(user=user)
    return user


def make_people(world: World) -> int:
    """Make residents, hosts, editors and everyone with a role; return how many."""
    people = read_people()
    for person in people["residents"]:
        make_person(world, name=person["name"], email=person["email"])
    for person in people["hosts"]:
        host = make_person(world, name=person["name"], email=person["email"])
        for point in PickupPoint.objects.filter(slug__in=person["pickup_points"]):
            appoint_host(point=point, user=host)
    for person in people["editors"]:
        make_person(world, name=person["name"], email=person["email"])
    for person in people["roles"]:
        user = make_person(world, name=person["name"], email=person["email"])
        grant_role(user=user, role=Role(person["role"]))
    return User.objects.count()


def make_pickup_points(world: World) -> int:
    """Open the pick-up points that are not there; return how many the demo has."""
    rows = read_table("pickup_points")
    known = set(PickupPoint.objects.values_list("slug", flat=True))
    for row in rows:
        if row["slug"] not in known:
            make_pickup_point(world, row)
    return len(rows)


def make_pickup_point(world: World, row: Story) -> None:
    """Open one pick-up point, so many metres east and north of the village's centre."""
    village = world.village(row["village"])
    east, north = row["offset_m"]
    draft = PickupPointDraft(
        name=row["name"],
        slug=row["slug"],
        village_id=village.id,
        street_address=row["street_address"],
        postcode=row["postcode"],
        latitude=village.latitude + north / METRES_PER_DEGREE,
        longitude=village.longitude + east / (METRES_PER_DEGREE * cos(radians(village.latitude))),
        instructions=row["instructions"],
    )
    windows = [
        WeeklyWindow(day, read_clock(window["opens"]), read_clock(window["closes"]))
        for window in row["windows"]
        for day in window["days"]
    ]
    open_pickup_point(draft=draft, windows=windows)


def make_enterprise(world: World, row: Story) -> Enterprise:
    """Return the enterprise of a row, registered and verified when it is new."""
    found = Enterprise.objects.filter(slug=row["slug"]).first()
    if found:
        return found
    village = world.village(row["village"])
    draft = EnterpriseDraft(
        legal_name=row["legal_name"],
        trade_name=row["name"],
        slug=row["slug"],
        kvk_number=row["kvk_number"],
        legal_form=row["legal_form"],
        street_address=row["street_address"],
        postcode=row["postcode"],
        village_id=village.id,
        email=row["email"],
        vat_number=row.get("vat_number", ""),
        phone=row.get("phone", ""),
        latitude=village.latitude,
        longitude=village.longitude,
        impact_stance=row["impact_stance"],
        dimensions=row["dimensions"],
        drives=row["drives"],
        sdg_targets=row["sdg_targets"],
    )
    enterprise = register_enterprise(draft=draft)
    verify_enterprise(enterprise=enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(
        registered_at=world.now - timedelta(days=400)
    )
    return enterprise


def make_members(world: World, enterprise: Enterprise, row: Story) -> None:
    """Let owner and helpers of a shop work there."""
    owner = make_person(world, **row["owner"])
    add_member(enterprise=enterprise, user=owner, role=MemberRole.OWNER)
    for person in row.get("helpers", []):
        helper = make_person(world, **person)
        add_member(enterprise=enterprise, user=helper, role=MemberRole.HELPER)
