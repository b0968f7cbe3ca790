"""Celery tasks of payments: take an id, call one operation, may run twice.

A task that never starts, because the broker or the worker died, is made up for by
`sweep_payments`; so a broken broker never breaks the request that wanted to wake it.
"""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from winkelstraat.common.announcer import subscribe
from winkelstraat.payments import operations, queries
from winkelstraat.payments.events import CommandQueued, WebhookStored
from winkelstraat.payments.gateway import GatewayError

alarm = logging.getLogger("winkelstraat.alarm")

LOOK_BACK = timedelta(hours=48)


@shared_task(ignore_result=True)
def send_command(command_id: int) -> None:
    """Send one command; what fails now is due again later."""
    try:
        operations.send_command(command_id=command_id, now=timezone.now())
    except GatewayError:
        return


@shared_task(ignore_result=True)
def process_webhook(webhook_id: int) -> None:
    """Work off one report."""
    operations.process_webhook(webhook_id=webhook_id, now=timezone.now())


@shared_task(ignore_result=True)
def sweep_payments() -> None:
    """Finish what was left behind."""
    operations.sweep_payments(now=timezone.now())


@shared_task(ignore_result=True)
def look_back() -> None:
    """Every night: catch up with two days, then hold the books against the provider (PAY-30)."""
    now = timezone.now()
    try:
        operations.backfill(since=now - LOOK_BACK, now=now)
        operations.reconcile_payments(since=now - LOOK_BACK, now=timezone.now())
    except GatewayError as error:
        alarm.error("The nightly comparison with the provider failed: %s", error)


@shared_task(ignore_result=True)
def issue_month() -> None:
    """On the first of a month: send each shop its commission invoice of the month before."""
    now = timezone.now()
    before = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    operations.issue_month(month=before.replace(day=1), now=now)


def wake_for_command(event: CommandQueued) -> None:
    """Send a queued command as soon as it is committed, if it is still to be sent."""

    def wake() -> None:
        if queries.is_to_be_sent(event.command_id):
            send_command.delay(event.command_id)

    transaction.on_commit(wake, robust=True)


def wake_for_webhook(event: WebhookStored) -> None:
    """Work off a stored report as soon as it is committed."""
    transaction.on_commit(lambda: process_webhook.delay(event.webhook_id), robust=True)


def listen() -> None:
    """Let payments' own worker hear payments' own events; other domains meet in the bridges."""
    subscribe(CommandQueued, wake_for_command)
    subscribe(WebhookStored, wake_for_webhook)
