"""The whole URL table, and the only place where Dutch paths are chosen.

Each part of the street has a module with its lists; a path inside names a view and nothing
else. Wagtail's pages come last, because they catch what is left.
"""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.i18n import set_language
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dorpen.pages.views import choosing, fixed
from dorpen.pages.views.sitemaps import SITEMAPS
from dorpen.register import views as register
from ketens.views.open_data.api import api
from winkelstraat.accounts import views as accounts
from winkelstraat.accounts.views import jobs, looking
from winkelstraat.payments import views as payments
from winkelstraat.urls import chains, desk, monitor, street
from winkelstraat.urls.patterns import Patterns

accounts_patterns: Patterns = [
    path("account/tweede-stap/", accounts.second_factor, name="second_factor"),
    path("cms/login/", accounts.back_office_sign_in, name="back_office_sign_in"),
    # Stands before Wagtail's own, which asks for no second factor.
    path("_util/login/", accounts.back_office_sign_in, name="page_sign_in"),
    path("taal/", set_language, name="set_language"),
    path("meekijken/stop/", looking.stop, name="stop_looking"),
    path("werk/<uuid:public_id>/", jobs.show, name="job"),
    path("werk/<uuid:public_id>/opnieuw/", jobs.retry, name="job_retry"),
]

register_patterns: Patterns = [path("bronnen/", register.show_sources, name="sources")]

payments_patterns: Patterns = [
    path("betalen/webhook/", payments.webhook, {"endpoint": "platform"}, name="webhook"),
    path("betalen/webhook/winkels/", payments.webhook, {"endpoint": "connect"}, name="connect"),
    path("betalen/webhook/dun/", payments.webhook, {"endpoint": "thin"}, name="thin"),
    path("betalen/terug/<uuid:reference>/", payments.come_back, name="come_back"),
    path("betalen/opnieuw/<uuid:reference>/", payments.pay_again, name="pay_again"),
]

delivery_patterns: Patterns = []

pages_patterns: Patterns = [
    path("jouw-dorp/", choosing.choose_village, name="choose_village"),
    path("stijlgids/", fixed.show_style_guide, name="styleguide"),
    path("toegankelijkheid/", fixed.show_accessibility, name="accessibility"),
    path("tekening/<slug:slug>.svg", fixed.show_head, name="head"),
    path("robots.txt", fixed.show_robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]

# In production the web server in front of us gives out pictures.
media_patterns: Patterns = (
    [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]
    if settings.SERVE_MEDIA
    else []
)

urlpatterns: Patterns = [
    path("", include((accounts_patterns, "accounts"))),
    path("account/", include("allauth.urls")),
    path("", include((register_patterns, "register"))),
    path("", include((payments_patterns, "payments"))),
    path("", include((delivery_patterns, "delivery"))),
    path("", include((street.shop_patterns, "shop"))),
    path("", include((street.catalogue_patterns, "catalogue"))),
    path("meedoen/", include((street.join_patterns, "join"))),
    path("mijn-winkel/", include((desk.desk_patterns, "desk"))),
    path("mijn-keten/", include((chains.chain_desk_patterns, "chain_desk"))),
    path("profiel/", include((chains.profile_links, "profile"))),
    path("social-return/", include((chains.social_return_patterns, "social_return"))),
    path("", include((chains.ketens_patterns, "ketens"))),
    path("monitor/", include((monitor.monitor_patterns, "monitor"))),
    path("api/v1/", api.urls),
    path("", include((chains.exchange_patterns, "exchange"))),
    path("", include((pages_patterns, "pages"))),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    *media_patterns,
    path("", include(wagtail_urls)),
]
