"""Each call by the SDK's own type for its parameters."""

from stripe import params
from stripe.params import checkout

CALLS: dict[str, type] = {
    "balance.retrieve": params.BalanceRetrieveParams,
    "balance_transaction.list": params.BalanceTransactionListParams,
    "balance_transaction.retrieve": params.BalanceTransactionRetrieveParams,
    "charge.list": params.ChargeListParams,
    "charge.retrieve": params.ChargeRetrieveParams,
    "event.list": params.EventListParams,
    "event.retrieve": params.EventRetrieveParams,
    "payment_intent.cancel": params.PaymentIntentCancelParams,
    "payment_intent.create": params.PaymentIntentCreateParams,
    "payment_intent.list": params.PaymentIntentListParams,
    "payment_intent.retrieve": params.PaymentIntentRetrieveParams,
    "refund.cancel": params.RefundCancelParams,
    "refund.create": params.RefundCreateParams,
    "refund.list": params.RefundListParams,
    "refund.retrieve": params.RefundRetrieveParams,
    "refund.update": params.RefundUpdateParams,
    "reversal.create": params.TransferReversalCreateParams,
    "reversal.list": params.TransferReversalListParams,
    "reversal.retrieve": params.TransferReversalRetrieveParams,
    "session.create": checkout.SessionCreateParams,
    "session.expire": checkout.SessionExpireParams,
    "session.list": checkout.SessionListParams,
    "session.retrieve": checkout.SessionRetrieveParams,
    "transfer.create": params.TransferCreateParams,
    "transfer.list": params.TransferListParams,
    "transfer.retrieve": params.TransferRetrieveParams,
    "transfer.update": params.TransferUpdateParams,
}
