"""Enterprises that are asked about impact, and what they answer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from dorpen.register.models import Enterprise, Municipality
from ketens.models import ProfileInvitation, ProfileRound
from ketens.operations.profile_answers import keep_answer
from ketens.operations.profile_rounds import open_round
from ketens.operations.questionnaires import load_shipped
from ketens.queries.profiles.asking import read_questions
from tests.builders import build_enterprise, build_village
from winkelstraat.accounts.models import Role, RoleGrant, User

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
REGISTERED = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = (date(2026, 9, 1), date(2026, 9, 30))

WHOLE = {
    "drives": ["society"],
    "dimensions": ["work", "care"],
    "stance": ["impact_first"],
    "sdg_targets": ["8.5", "11.a"],
    "since": ["2010_2019"],
    "measuring": ["3"],
    "support": ["finance", "network"],
    "people": ["2_4"],
    "hours": ["1_39"],
}


def build_enterprises(
    number: int, *, stance: str = "regular", municipality: str = "Noordenveld", **wanted: Any
) -> list[Enterprise]:
    """Write enterprises in one village of a municipality, registered in January."""
    village = build_village("Norg")
    home, _made = Municipality.objects.get_or_create(
        name=municipality,
        defaults={"code": f"GM{Municipality.objects.count():04d}", "slug": municipality.lower()},
    )
    village.municipality = home
    village.save()
    rows = [
        build_enterprise(f"Zaak {municipality} {one}", village=village) for one in range(number)
    ]
    Enterprise.objects.filter(pk__in=[row.pk for row in rows]).update(
        impact_stance=stance, registered_at=REGISTERED, **wanted
    )
    return list(Enterprise.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def ask_everybody(
    title: str = "Nulmeting", *, days: tuple[date, date] = DAYS, now: datetime = NOW
) -> ProfileRound:
    """Open a round for everybody on the street."""
    questions = load_shipped(now=now)
    return open_round(title=title, days=days, questionnaire=questions, user=None, now=now)


def invitation_of(enterprise: Enterprise) -> ProfileInvitation:
    """Return the newest invitation of an enterprise, read again."""
    return ProfileInvitation.objects.filter(enterprise=enterprise).latest("round__first_day")


def fill_in(
    enterprise: Enterprise,
    *,
    only: Sequence[str] | None = None,
    now: datetime = NOW + timedelta(days=2),
    **other: list[str],
) -> ProfileInvitation:
    """Answer every question, or some; other answers by name of the question."""
    invitation = invitation_of(enterprise)
    for question in read_questions(invitation).questions:
        if only is None or question.key in only:
            chosen = other.get(question.key, WHOLE[question.key])
            invitation = keep_answer(
                invitation=invitation, question=question.key, chosen=chosen, user=None, now=now
            )
    return invitation


def sign_in_as(role: Role | None) -> Client:
    """Return the browser of somebody with a role."""
    user = User.objects.create_user(f"{role}-{User.objects.count()}@example.nl")
    if role is not None:
        RoleGrant.objects.create(user=user, role=role)
    client = Client()
    client.force_login(user)
    return client
