"""What staff see of each domain: lists that can be searched, and few buttons."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from dorpen.register.models import Enterprise
from winkelstraat.accounts.models import Role, RoleGrant
from winkelstraat.accounts.operations import grant_role, withdraw_role
from winkelstraat.backoffice.audited import (
    AuditedCreateView,
    AuditedDeleteView,
    AuditedViewSet,
)
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.shop.models import Purchase, SellerOrder, SellerProfile, Voucher


class EnterpriseViewSet(AuditedViewSet):
    """Enterprises: who they are, and whether they were verified."""

    model = Enterprise
    icon = "group"
    menu_label = _("Enterprises")
    list_display = ["trade_name", "village", "legal_form", "impact_stance", "status"]
    list_filter = ["status", "impact_stance", "legal_form"]
    search_fields = ["trade_name", "legal_name", "kvk_number"]
    inspect_view_enabled = True
    form_fields = [
        "legal_name",
        "trade_name",
        "slug",
        "kvk_number",
        "vat_number",
        "legal_form",
        "street_address",
        "postcode",
        "village",
        "email",
        "phone",
        "impact_stance",
        "dimensions",
        "drives",
        "sdg_targets",
        "status",
    ]


class PickupPointViewSet(AuditedViewSet):
    """Pick-up points and their hosts."""

    model = PickupPoint
    icon = "home"
    menu_label = _("Pick-up points")
    list_display = ["name", "village", "street_address", "is_active"]
    search_fields = ["name", "street_address"]
    form_fields = [
        "name",
        "slug",
        "village",
        "street_address",
        "postcode",
        "latitude",
        "longitude",
        "instructions",
        "hosts",
        "is_active",
    ]


class GrantRoleView(AuditedCreateView):
    """Give a role together with what it may do in the back office."""

    def save_instance(self) -> RoleGrant:
        """Grant it the way that everything grants it, which records who did."""
        wanted = self.form.instance
        return grant_role(user=wanted.user, role=Role(wanted.role))


class WithdrawRoleView(AuditedDeleteView):
    """Take a role together with what it may do in the back office."""

    def delete_action(self) -> None:
        """Withdraw it the way that everything does, which records who did."""
        withdraw_role(user=self.object.user, role=Role(self.object.role))


class RoleGrantViewSet(AuditedViewSet):
    """Who holds which role."""

    model = RoleGrant
    add_view_class = GrantRoleView
    delete_view_class = WithdrawRoleView
    icon = "key"
    menu_label = _("Roles")
    list_display = ["user", "role", "granted_at"]
    list_filter = ["role"]
    form_fields = ["user", "role"]


class PurchaseViewSet(AuditedViewSet):
    """Purchases, to look at only."""

    model = Purchase
    icon = "list-ul"
    menu_label = _("Purchases")
    list_display = ["number", "status", "total_cents", "placed_at", "paid_at"]
    list_filter = ["status"]
    search_fields = ["number"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "number",
        "status",
        "total_cents",
        "placed_at",
        "hold_until",
        "paid_at",
        "stock_released_at",
    ]
    form_fields = ["status"]


class SellerOrderViewSet(AuditedViewSet):
    """Seller orders, to look at only."""

    model = SellerOrder
    icon = "doc-full"
    menu_label = _("Seller orders")
    list_display = ["number", "seller", "status", "total_cents", "promised_from", "collected_at"]
    list_filter = ["status"]
    search_fields = ["number"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "number",
        "seller",
        "status",
        "fulfilment",
        "goods_cents",
        "delivery_cents",
        "total_cents",
        "vat_cents",
        "ready_at",
        "collected_at",
        "chain_booked_at",
    ]
    form_fields = ["status"]


class VoucherViewSet(AuditedViewSet):
    """Vouchers of the street and of shops; who pays is chosen, never assumed (TAX-05)."""

    model = Voucher
    icon = "tag"
    menu_label = _("Vouchers")
    list_display = ["code", "funded_by", "seller", "valid_from", "valid_until", "uses_limit"]
    list_filter = ["funded_by"]
    search_fields = ["code"]
    form_fields = [
        "code",
        "funded_by",
        "seller",
        "amount_cents",
        "percentage_basis_points",
        "minimum_cents",
        "valid_from",
        "valid_until",
        "uses_limit",
    ]


class ShopTermsViewSet(AuditedViewSet):
    """What was agreed with each shop: its commission, and the small business scheme."""

    model = SellerProfile
    icon = "doc-full-inverse"
    menu_label = _("Shop terms")
    list_display = ["name", "village", "commission_basis_points", "kor_from", "kor_until"]
    search_fields = ["name"]
    form_fields = [
        "commission_basis_points",
        "kor_from",
        "kor_until",
        "organic_code",
        "organic_until",
    ]


class StreetViewSetGroup(ModelViewSetGroup):
    """One menu for everything that is not a page."""

    menu_label = _("Street")
    menu_icon = "site"
    menu_order = 150
    items = (
        EnterpriseViewSet("enterprises"),
        PickupPointViewSet("pickup_points"),
        PurchaseViewSet("purchases"),
        SellerOrderViewSet("seller_orders"),
        VoucherViewSet("vouchers"),
        ShopTermsViewSet("shop_terms"),
        RoleGrantViewSet("roles"),
    )
