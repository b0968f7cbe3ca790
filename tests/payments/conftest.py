"""The base basket: a bakery, a paint shop and a bookshop, 48,34 together."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.builders import build_enterprise
from winkelstraat.common import announcer
from winkelstraat.payments import operations
from winkelstraat.payments.domain.vat import VatLine, seller_vat_groups
from winkelstraat.payments.events import PaymentExpired, PaymentFailed, PaymentSucceeded
from winkelstraat.payments.models import Payment

BASKET = (
    ("Bakkerij Es", 885, 900),
    ("Verfwinkel Veen", 2499, 2100),
    ("Boekhandel Brink", 1450, 900),
)


@dataclass
class Shop:
    """One seller of the basket."""

    enterprise_id: int
    gross_cents: int
    rate: int
    account: str


@dataclass
class Purchase:
    """What the shop domain would ask payments to collect."""

    shops: list[Shop]
    commission_basis_points: int = 0
    ref: UUID = field(default_factory=uuid4)

    def request(self, **fields: Any) -> operations.PaymentRequest:
        """Return the request for these parts."""
        parts = tuple(
            operations.PartRequest(
                enterprise_id=shop.enterprise_id,
                seller_order_ref=f"{str(self.ref)[:8]}-{number}",
                gross_cents=shop.gross_cents,
                vat_groups=seller_vat_groups([VatLine(shop.gross_cents, shop.rate)]),
                commission_basis_points=self.commission_basis_points,
            )
            for number, shop in enumerate(self.shops, start=1)
        )
        values = {
            "purchase_ref": self.ref,
            "description": "Bestelling K7QX",
            "parts": parts,
            "return_url": "/bestelling/K7QX/",
            "cancel_url": "/mandje/",
            "expires_at": timezone.now() + timedelta(minutes=30),
        }
        return operations.PaymentRequest(**{**values, **fields})

    def open(self, **fields: Any) -> Payment:
        """Open the payment and its pay page."""
        with transaction.atomic():
            payment = operations.open_payment(request=self.request(**fields), now=timezone.now())
        operations.start_checkout(payment_id=payment.pk, now=timezone.now())
        payment.refresh_from_db()
        return payment

    def refs(self) -> list[str]:
        """Return the seller orders' names."""
        return [part.seller_order_ref for part in self.request().parts]


@pytest.fixture
def shops(db: None) -> list[Shop]:
    """Three shops that can receive money."""
    found = []
    for name, gross_cents, rate in BASKET:
        enterprise = build_enterprise(name)
        account = f"acct_{uuid4().hex[:16]}"
        operations.connect_account(
            enterprise_id=enterprise.pk,
            external_id=account,
            transfers_status="active",
            now=timezone.now(),
        )
        found.append(Shop(enterprise.pk, gross_cents, rate, account))
    return found


@pytest.fixture
def purchase(shops: list[Shop]) -> Purchase:
    """The base basket without commission."""
    return Purchase(shops)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Collect what payments announces, with no other domain listening."""
    events: list[Any] = []
    for event_type in (PaymentSucceeded, PaymentFailed, PaymentExpired):
        monkeypatch.setitem(announcer._handlers, event_type, [events.append])
    return events
