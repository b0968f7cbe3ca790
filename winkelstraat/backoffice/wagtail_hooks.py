"""Hang the street's screens into Wagtail's admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from winkelstraat.accounts.queries.looking import PERMISSION
from winkelstraat.backoffice import (
    applications,
    claims,
    foods,
    impactpad,
    jobs,
    looking,
    notices,
    payments,
    periods,
    random_checks,
    suspensions,
    terms,
    trail,
)
from winkelstraat.backoffice.menu import (
    CHECKING_HOOK,
    MONITOR_HOOK,
    checking_menu,
    monitor_menu,
    screen,
)
from winkelstraat.backoffice.viewsets import StreetViewSetGroup

TREASURER = "payments.change_payment"

# Label, address, permission, icon, and what is counted behind it, from top to bottom.
CHECKING = (
    (_("New shops"), "backoffice_applications", applications.PERMISSION, "group", "applications"),
    (_("Payments"), "backoffice_payments", TREASURER, "tag", "payments"),
    (_("Claims"), "backoffice_claims", claims.PERMISSION, "comment", "claims"),
    (_("Impactpad"), "backoffice_levels", impactpad.PERMISSION, "tasks", "levels"),
    (_("Foods of products"), "backoffice_foods", foods.PERMISSION, "list-ul", ""),
    (_("Reports"), "backoffice_notices", notices.PERMISSION, "warning", "notices"),
    (_("Random checks"), "backoffice_random_checks", notices.PERMISSION, "search", ""),
    (_("Pause or end"), "backoffice_suspensions", notices.PERMISSION, "no-view", ""),
    (_("Terms and complaints"), "backoffice_terms", terms.PERMISSION, "doc-full", ""),
    (_("Look along"), "backoffice_looking", PERMISSION, "view", ""),
)
MONITOR = (
    (_("Close the books"), "backoffice_periods", periods.CLOSING, "lock", ""),
    (_("Release figures"), "backoffice_releases", periods.RELEASING, "globe", ""),
    (_("Long work"), "backoffice_jobs", jobs.PERMISSION, "cogs", "jobs"),
    (_("Who saw or changed what"), "backoffice_trail", trail.PERMISSION, "history", ""),
)

for hook, entries in ((CHECKING_HOOK, CHECKING), (MONITOR_HOOK, MONITOR)):
    for place, (label, name, permission, icon, waits) in enumerate(entries, 1):
        item = screen(label, name, permission, icon_name=icon, waits=waits, order=place * 100)
        hooks.register(hook, item)


@hooks.register("register_admin_menu_item")
def register_checking() -> MenuItem:
    """Show what staff check and decide."""
    return SubmenuMenuItem(_("To check"), checking_menu, icon_name="tasks", order=160)


@hooks.register("register_admin_menu_item")
def register_monitor() -> MenuItem:
    """Show what belongs to the province's monitor."""
    return SubmenuMenuItem(_("Monitor"), monitor_menu, icon_name="table", order=170)


@hooks.register("register_admin_viewset")
def register_street() -> StreetViewSetGroup:
    """Show the street's menu."""
    return StreetViewSetGroup()


@hooks.register("register_admin_urls")
def register_checking_urls() -> list[URLPattern]:
    """Give what staff check and decide its addresses."""
    payment, shop = "betalingen/<int:payment_id>/", "winkels/<int:application_id>/"
    refund = f"{payment}terugbetaling/<int:refund_id>/"
    withdraw = "uitspraken/<uuid:public_id>/eraf/"
    return [
        path("betalingen/", payments.list_payments, name="backoffice_payments"),
        path(payment, payments.show_payment, name="backoffice_payment"),
        path(f"{payment}teruggeven/", payments.refund, name="backoffice_refund"),
        path(f"{payment}beslissen/", payments.decide, name="backoffice_decide"),
        path(refund, payments.settle_refund, name="backoffice_settle_refund"),
        path("voedsel/", foods.foods, name="backoffice_foods"),
        path("uitspraken/", claims.list_all, name="backoffice_claims"),
        path("uitspraken/<int:version_id>/", claims.review, name="backoffice_claim"),
        path(withdraw, claims.withdraw, name="backoffice_claim_withdraw"),
        path("winkels/", applications.list_all, name="backoffice_applications"),
        path(shop, applications.decide, name="backoffice_application"),
        path(f"{shop}uittreksel/", applications.extract, name="backoffice_extract"),
        path("meldingen/", notices.list_all, name="backoffice_notices"),
        path("meldingen/<int:notice_id>/", notices.decide, name="backoffice_notice"),
        path("steekproef/", random_checks.list_all, name="backoffice_random_checks"),
        path("steekproef/<int:check_id>/", random_checks.decide, name="backoffice_random_check"),
        path("besluiten/", suspensions.suspensions, name="backoffice_suspensions"),
        path("besluiten/<int:suspension_id>/", suspensions.review, name="backoffice_suspension"),
        path("voorwaarden/", terms.terms, name="backoffice_terms"),
        path("meekijken/", looking.start, name="backoffice_looking"),
    ]


@hooks.register("register_admin_urls")
def register_monitor_urls() -> list[URLPattern]:
    """Give the monitor's screens their addresses."""
    return [
        path("perioden/", periods.periods, name="backoffice_periods"),
        path("perioden/nakijken/", periods.verify, name="backoffice_verify_books"),
        path("vrijgeven/", periods.releases, name="backoffice_releases"),
        path("werk/", jobs.list_all, name="backoffice_jobs"),
        path("werk/beginnen/", jobs.start, name="backoffice_start_job"),
        path("logboek/", trail.show, name="backoffice_trail"),
    ]


@hooks.register("register_admin_urls")
def register_level_urls() -> list[URLPattern]:
    """Give the review of levels of the Impactpad its addresses."""
    one = "impactpad/<uuid:public_id>/"
    return [
        path("impactpad/", impactpad.list_all, name="backoffice_levels"),
        path(one, impactpad.review, name="backoffice_level"),
        path(f"{one}pagina/", impactpad.show_page, name="backoffice_level_page"),
        path(f"{one}bewijs/", impactpad.proof, name="backoffice_level_proof"),
    ]
