"""Open a pay page."""

from datetime import datetime, timedelta

from winkelstraat.payments import gateway
from winkelstraat.payments.domain.settlement import CheckoutReport
from winkelstraat.payments.models import Payment, PaymentCommand
from winkelstraat.payments.operations.errands.errand import Errand, Timeout


def _look_up(command: PaymentCommand) -> CheckoutReport | None:
    since = command.created_at - timedelta(hours=1)
    return gateway.find_checkout(command.params["client_reference_id"], since)


def _call(command: PaymentCommand, timeout: Timeout) -> CheckoutReport:
    return gateway.open_checkout(command.params, command.sent_key, timeout=timeout)


def _record(
    _command: PaymentCommand, payment: Payment, answer: CheckoutReport, _now: datetime
) -> str:
    payment.session_id = answer.session_id
    payment.pay_page_url = answer.url
    payment.save(update_fields=["session_id", "pay_page_url"])
    return answer.session_id


ERRAND = Errand(look_up=_look_up, call=_call, record=_record)
