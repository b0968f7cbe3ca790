"""The outbox: what the provider must be told, written with the change that wants it (PAY-17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.models.payments import Payment
from winkelstraat.payments.models.refunds import Refund, TransferReversal
from winkelstraat.payments.models.transfers import ShopTransfer


class CommandKind(models.TextChoices):
    """What is asked of the provider."""

    OPEN_CHECKOUT = "open_checkout", _("open a pay page")
    TRANSFER = "transfer", _("transfer money to a shop")
    REFUND = "refund", _("give money back to the buyer")
    REVERSAL = "reversal", _("take money back from a shop")


class CommandState(models.TextChoices):
    """How far a command came; `halted` waits for a person."""

    QUEUED = "queued", _("to be sent")
    DONE = "done", _("answered")
    HALTED = "halted", _("stopped: a person must look")
    DROPPED = "dropped", _("no longer wanted")


class PaymentCommand(models.Model):
    """One command with a key that survives a crash (PAY-16).

    `key` names the wish and is unique; `generation` counts how often the wish had to be
    sent as a new one, which happens only after a look-up found nothing.
    """

    kind = models.CharField(max_length=20, choices=CommandKind.choices)
    key = models.CharField(max_length=200, unique=True)
    generation = models.PositiveSmallIntegerField(default=1)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="commands")
    transfer = models.OneToOneField(
        ShopTransfer, on_delete=models.PROTECT, null=True, blank=True, related_name="command"
    )
    refund = models.OneToOneField(
        Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="command"
    )
    reversal = models.OneToOneField(
        TransferReversal, on_delete=models.PROTECT, null=True, blank=True, related_name="command"
    )
    params = models.JSONField()
    state = models.CharField(
        max_length=10, choices=CommandState.choices, default=CommandState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    first_sent_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField()
    server_failed = models.BooleanField(default=False)
    last_error = models.CharField(max_length=300, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    response = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="commands_to_be_sent",
                condition=models.Q(state="queued"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="transfer") | models.Q(transfer__isnull=False),
                name="a_transfer_command_has_a_transfer",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="refund") | models.Q(refund__isnull=False),
                name="a_refund_command_has_a_refund",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="reversal") | models.Q(reversal__isnull=False),
                name="a_reversal_command_has_a_reversal",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(external_id=""),
                name="a_done_command_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"

    @property
    def sent_key(self) -> str:
        """Return the idempotency key that goes over the wire."""
        return self.key if self.generation == 1 else f"{self.key}:r{self.generation}"
