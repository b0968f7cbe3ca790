"""Mails about the questions: one link, two reminders at most, and none after filling in."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.reminding import is_reminder_due
from ketens.models import ProfileInvitation
from ketens.operations import profile_mails
from ketens.operations.profile_mails import mail_round, remind
from ketens.queries.profiles.links import find_by_token
from tests.ketens.profile.street import (
    NOW,
    ask_everybody,
    build_enterprises,
    fill_in,
    invitation_of,
)

ROUND = (date(2026, 9, 1), date(2026, 9, 30))


def due(today: int, reminders: int, reminded: int | None = None) -> bool:
    return is_reminder_due(
        days=ROUND,
        mailed_on=date(2026, 9, 1),
        reminders=reminders,
        reminded_on=date(2026, 9, reminded) if reminded else None,
        today=date(2026, 9, today),
    )


def test_a_reminder_comes_after_a_week_and_again_at_the_end():
    assert next(day for day in range(1, 31) if due(day, 0)) == 8
    assert [day for day in range(1, 31) if due(day, 1, reminded=8)] == [26, 27, 28, 29, 30]
    assert [day for day in range(1, 31) if due(day, 1, reminded=24)] == []
    assert not any(due(day, 2, reminded=8) for day in range(1, 31))


def test_a_short_round_reminds_sooner_and_a_round_that_is_over_never():
    short = (date(2026, 9, 1), date(2026, 9, 6))

    def is_due(today: date, reminders: int = 0, reminded: date | None = None) -> bool:
        return is_reminder_due(
            days=short, mailed_on=short[0], reminders=reminders, reminded_on=reminded, today=today
        )

    assert not is_due(date(2026, 9, 2))
    assert is_due(date(2026, 9, 3))
    assert is_due(date(2026, 9, 5), 1, date(2026, 9, 3))
    assert not is_due(date(2026, 9, 7))


@pytest.mark.django_db
class TestMails:
    def days_later(self, days: int) -> datetime:
        return NOW + timedelta(days=days)

    def test_everybody_gets_a_link_once_and_reminders_stop_after_two(self):
        build_enterprises(3)
        ask_everybody()
        for day in range(40):
            mail_round(now=self.days_later(day))
            mail_round(now=self.days_later(day))
        assert len(mail.outbox) == 3 * 3
        assert set(ProfileInvitation.objects.values_list("reminders", flat=True)) == {2}

    def test_who_filled_it_in_is_left_alone_and_half_is_told_so(self):
        whole, half, nothing = build_enterprises(3)
        ask_everybody()
        mail_round(now=NOW)
        fill_in(whole)
        fill_in(half, only=("stance", "measuring"))
        mail.outbox.clear()
        for day in range(1, 35):
            mail_round(now=self.days_later(day))
        told = {one.to[0]: one.body for one in mail.outbox}
        assert set(told) == {half.email, nothing.email}
        assert "2 van de 9" in told[half.email] or "2 of 9" in told[half.email]
        assert len(mail.outbox) == 4

    def test_the_link_of_the_mail_opens_the_own_questions(self):
        bakery, _other = build_enterprises(2)
        ask_everybody()
        mail_round(now=NOW)
        body = next(one.body for one in mail.outbox if one.to == [bakery.email])
        address = next(line for line in body.splitlines() if "/profiel/" in line)
        found = find_by_token(address.rstrip("/").split("/")[-1])
        assert found is not None
        assert found.enterprise == bakery

    def test_nothing_leaves_before_the_first_day_or_to_who_is_suspended(self):
        bakery, other = build_enterprises(2)
        ask_everybody(days=(date(2026, 9, 10), date(2026, 9, 20)))
        Enterprise.objects.filter(pk=other.pk).update(status=EnterpriseStatus.SUSPENDED)
        assert mail_round(now=NOW) == 0
        assert mail_round(now=self.days_later(9)) == 1
        assert mail.outbox[0].to == [bakery.email]

    def test_who_fills_it_in_at_the_last_moment_gets_no_reminder(self):
        (bakery,) = build_enterprises(1)
        ask_everybody()
        mail_round(now=NOW)
        invitation = invitation_of(bakery)
        fill_in(bakery)
        assert not remind(invitation_id=invitation.pk, now=self.days_later(10))
        assert len(mail.outbox) == 1

    def test_a_reminder_that_could_not_leave_comes_later_and_is_counted_once(
        self, monkeypatch: Any
    ):
        (bakery,) = build_enterprises(1)
        ask_everybody()
        mail_round(now=NOW)

        class Broken:
            def send(self) -> None:
                raise OSError("no post office")

        with monkeypatch.context() as broken:
            broken.setattr(profile_mails, "_build", lambda *_one, **_two: Broken())
            with pytest.raises(OSError, match="post office"):
                remind(invitation_id=invitation_of(bakery).pk, now=self.days_later(8))
        assert invitation_of(bakery).reminders == 0
        assert invitation_of(bakery).reminded_at is None
        assert mail_round(now=self.days_later(8)) == 1
        assert invitation_of(bakery).reminders == 1

    def test_the_database_knows_no_third_reminder(self):
        build_enterprises(1)
        ask_everybody()
        with pytest.raises(IntegrityError), transaction.atomic():
            ProfileInvitation.objects.update(reminders=3)
