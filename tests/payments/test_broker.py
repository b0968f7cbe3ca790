"""A broker that is away breaks no report: it is stored, and the sweeper works it off."""

import pytest
from django.db import transaction

from winkelstraat.payments import tasks
from winkelstraat.payments.events import CommandQueued, WebhookStored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("wake", "event"),
    [(tasks.wake_for_webhook, WebhookStored(7)), (tasks.wake_for_command, CommandQueued(7))],
)
def test_waking_the_worker_never_breaks_what_was_committed(wake, event, monkeypatch, caplog):
    def refuse(*_ids):
        raise ConnectionError("the broker is away")

    monkeypatch.setattr(tasks.process_webhook, "delay", refuse)
    monkeypatch.setattr(tasks.send_command, "delay", refuse)
    monkeypatch.setattr(tasks.queries, "is_to_be_sent", lambda _command_id: True)
    with transaction.atomic():
        wake(event)
    assert "the broker is away" in caplog.text
