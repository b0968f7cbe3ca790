"""Edit a chain as its members and staff do; every change is written down for good."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from dorpen.register.models import Enterprise
from ketens.models import Chain, ChainAgreement, ChainChange, ChainMember, ChainStatus, ChangeKind
from ketens.models.chains import Role
from winkelstraat.common.claims import Context, Finding, Subject, check_text


class TextBlocked(Exception):
    """A green or social word in the text rests on nothing; ``findings`` say which."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(one.rule for one in findings))
        self.findings = findings


class AlreadyMember(Exception):
    """An enterprise has a role in a chain once."""


class WrongDays(Exception):
    """Something ends after it begins."""


@dataclass(frozen=True, slots=True)
class Description:
    """How a chain tells about itself; paragraphs are divided by an empty line."""

    name: str
    summary: str
    story: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing that members agreed."""

    title: str
    text: str
    starts_on: date
    ends_on: date | None


@transaction.atomic
def describe_chain(*, chain: Chain, told: Description, user: Any, now: datetime) -> None:
    """Give a chain another name, summary or story.

    :raises TextBlocked: when a claim in it rests on nothing.
    """
    check_words(f"{told.name}. {told.summary} {told.story}", today=now.date())
    Chain.objects.filter(pk=chain.pk).update(name=told.name, summary=told.summary, story=told.story)
    note(chain, ChangeKind.DESCRIBED, told.name, user=user, now=now)


@transaction.atomic
def change_status(*, chain: Chain, status: ChainStatus, user: Any, now: datetime) -> None:
    """Let a chain run, or end it on this day; a chain that ended may run again."""
    ended_on = now.date() if status == ChainStatus.ENDED else None
    Chain.objects.filter(pk=chain.pk).update(status=status, ended_on=ended_on)
    note(chain, ChangeKind.STATUS, str(status.label), user=user, now=now)


@transaction.atomic
def agree(*, chain: Chain, agreement: Agreement, user: Any, now: datetime) -> ChainAgreement:
    """Write down what members agreed.

    :raises WrongDays: when it ends before it begins.
    """
    if agreement.ends_on is not None and agreement.ends_on < agreement.starts_on:
        raise WrongDays(agreement.title)
    row = ChainAgreement.objects.create(
        chain=chain,
        title=agreement.title,
        text=agreement.text,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )
    note(chain, ChangeKind.AGREEMENT_ADDED, agreement.title, user=user, now=now)
    return row


def let_in(
    *, chain: Chain, enterprise: Enterprise, role: Role, contribution: str, user: Any, now: datetime
) -> ChainMember:
    """Let an enterprise take part in a role.

    :raises AlreadyMember: when it has that role already.
    """
    try:
        with transaction.atomic():
            member = ChainMember.objects.create(
                chain=chain, enterprise=enterprise, role=role, contribution=contribution
            )
            what = f"{enterprise}, {role.label}"
            note(chain, ChangeKind.MEMBER_ADDED, what, user=user, now=now)
            return member
    except IntegrityError as error:
        raise AlreadyMember(str(enterprise)) from error


def check_words(text: str, *, today: date) -> None:
    """Refuse a green or social claim without proof in a chain's own words.

    :raises TextBlocked: when a rule blocks it.
    """
    found = check_text(text, Context(today=today, subject=Subject.PAGE))
    blocking = tuple(one for one in found if one.is_blocking)
    if blocking:
        raise TextBlocked(blocking)


def note(chain: Chain, kind: ChangeKind, what: str, *, user: Any, now: datetime) -> None:
    """Write who changed what."""
    ChainChange.objects.create(
        chain=chain, kind=kind, what=what[:200], changed_by=user, changed_at=now
    )
