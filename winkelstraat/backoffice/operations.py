"""Give the groups of the back office their permissions, and let staff give money back."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from winkelstraat.accounts.models import Audited, Role, User
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.payments import operations as payments
from winkelstraat.payments.models import Refund

STAFF_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "accounts.add_rolegrant",
    "accounts.delete_rolegrant",
    "accounts.view_rolegrant",
    "accounts.view_user",
    "accounts.view_auditentry",
    "accounts.view_job",
    "accounts.look_along",
    "delivery.add_pickuppoint",
    "delivery.change_pickuppoint",
    "delivery.view_pickuppoint",
    "payments.change_payment",
    "ketens.change_claim",
    "ketens.change_levelclaim",
    "ketens.add_foodmatch",
    "ketens.add_workrelease",
    "ledger.add_period",
    "payments.view_payment",
    "register.add_enterprise",
    "register.change_enterprise",
    "register.view_enterprise",
    "shop.change_application",
    "shop.change_notice",
    "shop.add_termsversion",
    "shop.view_purchase",
    "shop.view_sellerorder",
    "shop.add_voucher",
    "shop.change_voucher",
    "shop.view_voucher",
    "shop.change_sellerprofile",
    "shop.view_sellerprofile",
)
ANALYST_PERMISSIONS = ("wagtailadmin.access_admin", "register.view_enterprise")


@transaction.atomic
def equip_groups() -> None:
    """Give each role's group exactly the permissions of its work; safe to repeat."""
    for role, names in (
        (Role.PLATFORM_STAFF, STAFF_PERMISSIONS),
        (Role.PROVINCE_ANALYST, ANALYST_PERMISSIONS),
    ):
        group, _made = Group.objects.get_or_create(name=role.value)
        group.permissions.set([get_permission(name) for name in names])


def get_permission(name: str) -> Permission:
    """Return the permission called ``app.codename``."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@transaction.atomic
def refund_by_staff(*, wish: payments.RefundWish, user: User, now: datetime) -> Refund:
    """Give money back and record who did.

    :raises RefundRefused: when it is more than is left; nothing changed then.
    """
    refund = payments.refund(wish=wish, now=now)
    record(
        action=Audited.REFUND_MADE,
        about=Thing("payment", wish.payment_id, refund.payment.description),
        by=user,
        changes={"amount_cents": (None, refund.amount_cents)},
        reason=wish.reason,
    )
    return refund
