"""Hang the street's screens into Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from winkelstraat.backoffice import applications, claims, foods, notices, payments, terms
from winkelstraat.backoffice.viewsets import StreetViewSetGroup


@hooks.register("register_admin_viewset")
def register_street() -> StreetViewSetGroup:
    """Show the street's menu."""
    return StreetViewSetGroup()


@hooks.register("register_admin_urls")
def register_payment_urls() -> list[URLPattern]:
    """Give the payment screens their addresses."""
    one = "betalingen/<int:payment_id>/"
    return [
        path("betalingen/", payments.list_payments, name="backoffice_payments"),
        path(one, payments.show_payment, name="backoffice_payment"),
        path(f"{one}teruggeven/", payments.refund, name="backoffice_refund"),
        path(f"{one}beslissen/", payments.decide, name="backoffice_decide"),
        path(
            f"{one}terugbetaling/<int:refund_id>/",
            payments.settle_refund,
            name="backoffice_settle_refund",
        ),
    ]


class PaymentsMenuItem(MenuItem):
    """The way to the payments, for those who may decide over them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm("payments.change_payment"))


@hooks.register("register_admin_menu_item")
def register_payments() -> MenuItem:
    """Show the payments in the menu."""
    return PaymentsMenuItem(
        _("Payments"), reverse_lazy("backoffice_payments"), icon_name="tag", order=300
    )


@hooks.register("register_admin_urls")
def register_claim_urls() -> list[URLPattern]:
    """Give the review of claims its addresses."""
    return [
        path("voedsel/", foods.foods, name="backoffice_foods"),
        path("uitspraken/", claims.list_all, name="backoffice_claims"),
        path("uitspraken/<int:version_id>/", claims.review, name="backoffice_claim"),
        path(
            "uitspraken/<uuid:public_id>/eraf/", claims.withdraw, name="backoffice_claim_withdraw"
        ),
    ]


class ClaimsMenuItem(MenuItem):
    """The way to the claims, for those who may review them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(claims.PERMISSION))


@hooks.register("register_admin_menu_item")
def register_claims() -> MenuItem:
    """Show the claims in the menu."""
    return ClaimsMenuItem(
        _("Claims"), reverse_lazy("backoffice_claims"), icon_name="comment", order=310
    )


class FoodsMenuItem(MenuItem):
    """The way to the foods of products, for those who may approve them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(foods.PERMISSION))


@hooks.register("register_admin_menu_item")
def register_foods() -> MenuItem:
    """Show the foods in the menu."""
    return FoodsMenuItem(
        _("Foods of products"), reverse_lazy("backoffice_foods"), icon_name="list-ul", order=320
    )


@hooks.register("register_admin_urls")
def register_application_urls() -> list[URLPattern]:
    """Give the checking of new shops its addresses."""
    one = "winkels/<int:application_id>/"
    return [
        path("winkels/", applications.list_all, name="backoffice_applications"),
        path(one, applications.decide, name="backoffice_application"),
        path(f"{one}uittreksel/", applications.extract, name="backoffice_extract"),
    ]


class ApplicationsMenuItem(MenuItem):
    """The way to the shops that want to join, for those who may check them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(applications.PERMISSION))


@hooks.register("register_admin_menu_item")
def register_applications() -> MenuItem:
    """Show the shops that want to join in the menu."""
    return ApplicationsMenuItem(
        _("New shops"), reverse_lazy("backoffice_applications"), icon_name="group", order=290
    )


@hooks.register("register_admin_urls")
def register_notice_urls() -> list[URLPattern]:
    """Give the reports about offers their addresses."""
    return [
        path("meldingen/", notices.list_all, name="backoffice_notices"),
        path("meldingen/<int:notice_id>/", notices.decide, name="backoffice_notice"),
        path("voorwaarden/", terms.terms, name="backoffice_terms"),
    ]


class NoticesMenuItem(MenuItem):
    """The way to the reports, for those who may decide on them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(notices.PERMISSION))


@hooks.register("register_admin_menu_item")
def register_notices() -> MenuItem:
    """Show the reports in the menu."""
    return NoticesMenuItem(
        _("Reports"), reverse_lazy("backoffice_notices"), icon_name="warning", order=315
    )


class TermsMenuItem(MenuItem):
    """The way to the terms, for those who may publish them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(terms.PERMISSION))


@hooks.register("register_admin_menu_item")
def register_terms() -> MenuItem:
    """Show the terms in the menu."""
    return TermsMenuItem(
        _("Terms and complaints"),
        reverse_lazy("backoffice_terms"),
        icon_name="doc-full",
        order=316,
    )
