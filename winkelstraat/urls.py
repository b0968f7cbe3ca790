"""The whole URL table, and the only place where Dutch paths are chosen.

Each domain has one list; a path inside it names a view and nothing else. Wagtail's
pages come last, because they catch what is left.
"""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from ketens import views as ketens
from winkelstraat.accounts import views as accounts
from winkelstraat.payments import views as payments

Patterns = list[URLPattern | URLResolver]

accounts_patterns: Patterns = [
    path("account/tweede-stap/", accounts.second_factor, name="second_factor"),
    path("cms/login/", accounts.back_office_sign_in, name="back_office_sign_in"),
    path("taal/", set_language, name="set_language"),
]

register_patterns: Patterns = []

payments_patterns: Patterns = [
    path("betalen/webhook/", payments.webhook, name="webhook"),
    path("betalen/terug/<uuid:reference>/", payments.come_back, name="come_back"),
    path("betalen/opnieuw/<uuid:reference>/", payments.pay_again, name="pay_again"),
]

delivery_patterns: Patterns = []

shop_patterns: Patterns = []

catalogue_patterns: Patterns = []

desk_patterns: Patterns = []

ketens_patterns: Patterns = [
    path("ketens/", ketens.list_chains, name="chains"),
    path("ketens/bij-product/<str:product_ref>/", ketens.show_product_panel, name="product_panel"),
    path("ketens/bij-bestelling/<uuid:purchase_ref>/", ketens.show_order_panel, name="order_panel"),
    path("ketens/<slug:slug>/", ketens.show_chain, name="chain"),
    path("herkomst/<uuid:public_id>/", ketens.show_provenance, name="provenance"),
    path("monitor/", ketens.show_monitor, name="monitor"),
]

pages_patterns: Patterns = []

urlpatterns: Patterns = [
    path("", include((accounts_patterns, "accounts"))),
    path("account/", include("allauth.urls")),
    path("", include((register_patterns, "register"))),
    path("", include((payments_patterns, "payments"))),
    path("", include((delivery_patterns, "delivery"))),
    path("", include((shop_patterns, "shop"))),
    path("", include((catalogue_patterns, "catalogue"))),
    path("mijn-winkel/", include((desk_patterns, "desk"))),
    path("", include((ketens_patterns, "ketens"))),
    path("", include((pages_patterns, "pages"))),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
