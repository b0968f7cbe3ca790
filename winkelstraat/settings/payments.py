"""Payments: what the law leaves to policy, and how patient we are with the provider."""

PAYMENTS_PLATFORM = "winkelstraat"

# A shop receives its money when the goods are handed over ("hand_over") or at once
# ("payment"); after so many days it is sent without a hand-over (PAY-14).
PAYMENTS_TRANSFER_ON = "hand_over"
PAYMENTS_TRANSFER_AT_LATEST_DAYS = 7

# Where a pay page may live; the browser refuses to send a form on to other places.
PAYMENT_PAGE_ORIGINS = ["https://checkout.stripe.com"]

# A report is a few kilobytes; what is far larger is not read (PAY-26).
PAYMENTS_WEBHOOK_MAX_BYTES = 256 * 1024
