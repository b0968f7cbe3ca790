"""Write a pad: every edit is a version, collisions are shown, the enterprise publishes itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.checks import Lack, check_pad
from ketens.domain.impactpad.content import Pad, Section, read_pad, write_pad
from ketens.domain.impactpad.levels import list_lacks
from ketens.domain.impactpad.speaking import Fault, find_faults, list_texts
from ketens.models import ImpactPad, PadPublication, PadVersion


class PadCollision(Exception):
    """Somebody else changed the same part meanwhile; ``theirs`` is the newest version."""

    def __init__(self, theirs: PadVersion) -> None:
        super().__init__(str(theirs))
        self.theirs = theirs


class NotReady(Exception):
    """The page cannot be public yet: ``lacks`` is missing, ``faults`` may not be said."""

    def __init__(self, lacks: tuple[Lack, ...], faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join([one.code for one in lacks] + [one.rule for one in faults]))
        self.lacks, self.faults = lacks, faults


class NoSuchVersion(Exception):
    """The pad has no such version, or a newer one than the person looked at."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One part as it is handed in; ``base`` is the version that the person began from."""

    section: Section
    content: Any
    base: int


@transaction.atomic
def save_section(*, enterprise: Enterprise, edit: Edit, user: Any, now: datetime) -> PadVersion:
    """Keep one part of a pad as a new version; the same again is no version.

    :raises PadCollision: when somebody else changed this part since ``base``.
    :raises PadRefused: when the pad would contradict itself.
    """
    pad = hold_pad(enterprise, now)
    newest = pad.versions.select_related("saved_by").first()
    before = read_pad(newest.content) if newest else Pad()
    name = edit.section.value
    if getattr(before, name) == edit.content and newest is not None:
        return newest
    if newest is not None and edit.base != newest.number:
        base = pad.versions.filter(number=edit.base).first()
        began_from = read_pad(base.content) if base else Pad()
        if getattr(began_from, name) != getattr(before, name):
            raise PadCollision(newest)
    after = replace(before, **{name: edit.content})
    check_pad(after)
    return write_version(pad, after, section=name, user=user, now=now)


@transaction.atomic
def restore_version(*, enterprise: Enterprise, number: int, user: Any, now: datetime) -> PadVersion:
    """Put an earlier version back; that is a version as well.

    :raises NoSuchVersion: when this pad has none with that number.
    """
    pad = hold_pad(enterprise, now)
    earlier = pad.versions.filter(number=number).first()
    if earlier is None:
        raise NoSuchVersion(str(number))
    content = read_pad(earlier.content)
    return write_version(pad, content, restores=number, user=user, now=now)


@transaction.atomic
def publish_pad(*, enterprise: Enterprise, number: int, user: Any, now: datetime) -> PadPublication:
    """Put the version that the person looked at before the public.

    :raises NoSuchVersion: when it is not the newest one.
    :raises NotReady: when level 1 misses something, or a rule keeps a text from the street.
    """
    pad = hold_pad(enterprise, now)
    version = pad.versions.first()
    if version is None or version.number != number:
        raise NoSuchVersion(str(number))
    content = read_pad(version.content)
    lacks, faults = find_obstacles(content, now=now)
    if lacks or faults:
        raise NotReady(lacks, faults)
    return PadPublication.objects.create(pad=pad, version=version, done_by=user, done_at=now)


@transaction.atomic
def take_down_pad(*, enterprise: Enterprise, user: Any, now: datetime) -> None:
    """Take the public page off the street; what was written stays."""
    pad = hold_pad(enterprise, now)
    newest = pad.publications.first()
    if newest is not None and newest.version_id is not None:
        PadPublication.objects.create(pad=pad, version=None, done_by=user, done_at=now)


def find_obstacles(pad: Pad, *, now: datetime) -> tuple[tuple[Lack, ...], tuple[Fault, ...]]:
    """Return what keeps a pad from the public: what level 1 misses, and what may not be said."""
    lacks = list_lacks(1, pad, {})
    is_measured = all(goal.indicator for goal in pad.goals)
    return lacks, find_faults(list_texts(pad), today=now.date(), is_measured=is_measured)


def hold_pad(enterprise: Enterprise, now: datetime) -> ImpactPad:
    """Return the pad of an enterprise, begun when it is new, locked for this transaction."""
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    pad, _made = ImpactPad.objects.get_or_create(
        enterprise=enterprise, defaults={"started_at": now}
    )
    return pad


def write_version(
    pad: ImpactPad,
    content: Pad,
    *,
    user: Any,
    now: datetime,
    section: str = "",
    restores: int | None = None,
) -> PadVersion:
    """Write the next version of a pad."""
    newest = pad.versions.order_by("-number").values_list("number", flat=True).first()
    return PadVersion.objects.create(
        pad=pad,
        number=(newest or 0) + 1,
        section=section,
        restores=restores,
        content=write_pad(content),
        saved_by=user,
        saved_at=now,
    )
