"""The whole URL table, and the only place where Dutch paths are chosen.

Each domain has one list; a path inside it names a view and nothing else. Wagtail's
pages come last, because they catch what is left.
"""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dorpen.pages.views import choosing, fixed
from dorpen.pages.views.sitemaps import SITEMAPS
from dorpen.register import views as register
from ketens.views import coordinating, counting, editing, members, saying, working
from ketens.views import pages as ketens
from ketens.views.exchange import access, events, footprints, shipments
from ketens.views.open_data import files as open_data
from ketens.views.open_data.api import api
from winkelstraat import urls_impact, urls_monitor, urls_profile, urls_steering
from winkelstraat.accounts import views as accounts
from winkelstraat.accounts.views import jobs, looking
from winkelstraat.payments import views as payments
from winkelstraat.shop.views import (
    basket,
    catalogue,
    checkout,
    complaints,
    desk,
    desk_money,
    desk_offers,
    desk_packing,
    desk_papers,
    desk_people,
    desk_phone,
    desk_quick,
    desk_recalls,
    desk_refunds,
    desk_returns,
    desk_sheets,
    desk_story,
    desk_surplus,
    desk_suspension,
    desk_telling,
    desk_times,
    desk_undelivered,
    desk_vouchers,
    desk_weighing,
    hand_out,
    joining,
    notices,
    orders,
    overdue,
    shops,
    substitutions,
    surplus,
    surplus_mail,
    withdrawing,
)

Patterns = list[URLPattern | URLResolver]

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

shop_patterns: Patterns = [
    path("zoeken/", catalogue.search, name="search"),
    path("winkels/", shops.list_all, name="shops"),
    path("winkels/<slug:slug>/", shops.show, name="shop"),
    path("mandje/", basket.show, name="basket"),
    path("mandje/erin/", basket.add, name="basket_add"),
    path("mandje/regel/<int:line_id>/", basket.change, name="basket_line"),
    path("mandje/apart/<int:seller_id>/", basket.aside, name="basket_aside"),
    path("mandje/terug/", basket.take_up, name="basket_take_up"),
    path("mandje/bon/", basket.voucher, name="basket_voucher"),
    path("mandje/aantal/", basket.badge, name="basket_badge"),
    path("afrekenen/", checkout.checkout, name="checkout"),
    path("bestelling/<slug:number>/", orders.show, name="order"),
    path("bestelling/<slug:number>/stand/", orders.status, name="order_status"),
    path("bestelling/<slug:number>/betalen/", orders.pay, name="order_pay"),
    path("bestelling/<slug:number>/terug/", orders.back, name="order_back"),
    path("bestelling/<slug:number>/klacht/<slug:part>/", complaints.write, name="complain"),
    path("bestelling/<slug:number>/te-laat/<slug:part>/", overdue.cancel, name="overdue"),
    path(
        "bestelling/<slug:number>/opgelost/<int:complaint_id>/",
        complaints.solved,
        name="complaint_solved",
    ),
    path(
        "bestelling/<slug:number>/verstuurd/<int:withdrawal_id>/",
        withdrawing.say_sent_back,
        name="sent_back",
    ),
    path(
        "bestelling/<slug:number>/vervanging/<int:substitution_id>/",
        substitutions.answer,
        name="substitution",
    ),
    path("bestelling/<slug:number>/factuur/<int:paper_id>.pdf", orders.paper, name="order_paper"),
    path("bestelling/<slug:number>/<str:key>/", orders.open_by_key, name="order_key"),
    path("moet-op/<slug:slug>/", surplus.show, name="surplus"),
    path("moet-op/<slug:slug>/feed.atom", surplus.VillageFeed(), name="surplus_feed"),
    path("moet-op/<slug:slug>/mail/", surplus_mail.ask, name="surplus_mail"),
    path("moet-op/mail/<str:token>/", surplus_mail.confirm, name="surplus_confirm"),
    path("moet-op/mail/<str:token>/stop/", surplus_mail.stop, name="surplus_stop"),
    path("ontbinden/", withdrawing.withdraw_contract, name="withdraw"),
    path("uitreiken/<slug:slug>/", hand_out.show, name="hand_out"),
    path("meewerken/<str:token>/", joining.accept, name="invitation"),
    path("agenda/<str:token>.ics", desk_telling.calendar, name="calendar"),
    path("melden/<int:listing_id>/", notices.report, name="report"),
    path("melding/<slug:number>/<str:key>/", notices.follow, name="notice"),
    path("voorwaarden/", notices.terms, name="terms"),
    path("terugroepacties/", notices.recalls, name="recalls"),
    path("pakje/<slug:number>/", hand_out.open_parcel, name="parcel"),
]

join_patterns: Patterns = [
    path("", joining.about, name="about"),
    path("gegevens/", joining.details, name="details"),
    path("nakijken/<slug:field>/", joining.check, name="check"),
]

catalogue_patterns: Patterns = [
    path("aanbod/<slug:product_slug>_<int:pk>/", catalogue.show_product, name="detail"),
    path("categorie/<slug:category_slug>_<int:pk>/", catalogue.show_category, name="category"),
]

desk_patterns: Patterns = [
    path("", desk.today, name="today"),
    path("aanbod/", desk_offers.offers, name="offers"),
    path("aanbod/nieuw/", desk_offers.new, name="offer_new"),
    path("aanbod/lijst/", desk_sheets.sheets, name="sheets"),
    path("aanbod/lijst/uit.xlsx", desk_sheets.export, name="sheet_out"),
    path("aanbod/lijst/<int:run_id>/", desk_sheets.show, name="sheet"),
    path("aanbod/lijst/<int:run_id>/doorvoeren/", desk_sheets.apply, name="sheet_apply"),
    path("aanbod/lijst/<int:run_id>/terug/", desk_sheets.undo, name="sheet_undo"),
    path("geld/", desk_money.money, name="money"),
    path("geld/uitbetalen/", desk_money.be_paid, name="be_paid"),
    path("geld/terug/", desk_money.paid_back, name="paid_back"),
    path("geld/kor/", desk_money.kor_end, name="kor_end"),
    path("geld/facturen/", desk_papers.papers, name="papers"),
    path("geld/facturen/lijst.csv", desk_papers.book, name="book"),
    path("geld/facturen/<int:paper_id>.pdf", desk_papers.paper, {"kind": "pdf"}, name="paper_pdf"),
    path("geld/facturen/<int:paper_id>.xml", desk_papers.paper, {"kind": "xml"}, name="paper_xml"),
    path("bonnen/", desk_vouchers.vouchers, name="vouchers"),
    path("moet-op/", desk_surplus.overview, name="surplus"),
    path("moet-op/aanbod/<int:listing_id>/", desk_surplus.start, name="surplus_start"),
    path("moet-op/<int:surplus_id>/", desk_surplus.show, name="surplus_one"),
    path("moet-op/<int:surplus_id>/stop/", desk_surplus.close, name="surplus_close"),
    path("moet-op/<int:surplus_id>/over/", desk_surplus.place, name="surplus_place"),
    path("aanbod/schets/", desk_offers.sketch, name="offer_sketch"),
    path("aanbod/voorstel/", desk_offers.propose, name="offer_propose"),
    path("aanbod/<int:listing_id>/", desk_offers.edit, name="offer"),
    path("aanbod/<int:listing_id>/snel/", desk_quick.quick, name="offer_quick"),
    path("aanbod/<int:listing_id>/los/", desk_offers.alone, name="offer_alone"),
    path("aanbod/<int:listing_id>/weg/", desk_offers.remove, name="offer_remove"),
    path("telefoon/", desk_phone.goods, name="phone"),
    path("telefoon/voor-wie/", desk_phone.buyer, name="phone_buyer"),
    path("telefoon/<slug:purchase_number>/", desk_phone.order, name="phone_order"),
    path("meer/", desk.more, name="more"),
    path("mensen/", desk_people.people, name="people"),
    path("mensen/<int:membership_id>/", desk_people.person, name="person"),
    path(
        "mensen/uitnodiging/<int:invitation_id>/weg/",
        desk_people.withdraw,
        name="invitation_withdraw",
    ),
    path("agenda/", desk_telling.calendar_page, name="calendar"),
    path("poster/", desk_telling.poster_page, name="poster"),
    path("poster/poster.pdf", desk_telling.poster, name="poster_pdf"),
    path("verkoop/", desk_telling.sales, name="sales"),
    path("klachten/", complaints.at_shop, name="complaints"),
    path("klachten/<int:complaint_id>/", complaints.answer, name="complaint"),
    path("terugroepen/", desk_recalls.recalls, name="recalls"),
    path("mijn-pagina/", desk_story.story, name="story"),
    path("mijn-pagina/terug/", desk_story.undo, name="story_undo"),
    path("besluit/", desk_suspension.suspension, name="suspension"),
    path("tijden/", desk_times.times, name="times"),
    path("retour/", desk_returns.returns, name="returns"),
    path("retour/<int:withdrawal_id>/terug/", desk_returns.goods_back, name="goods_back"),
    path("pakken/", desk_packing.packing, name="packing"),
    path("pakken/etiketten/", desk_packing.labels, name="labels"),
    path("bestelling/<slug:number>/", desk.order, name="order"),
    path("bestelling/<slug:number>/klaar/", desk.ready, name="ready"),
    path("bestelling/<slug:number>/uitgereikt/", desk.collected, name="collected"),
    path("bestelling/<slug:number>/wegen/<int:line_id>/", desk_weighing.weigh, name="weigh"),
    path("bestelling/<slug:number>/teruggeven/", desk_refunds.give_back, name="give_back"),
    path(
        "bestelling/<slug:number>/niet-leveren/<int:line_id>/",
        desk_undelivered.undelivered,
        name="undelivered",
    ),
]

ketens_patterns: Patterns = [
    path("ketens/", ketens.list_chains, name="chains"),
    path("ketens/bij-product/<slug:product_ref>/", ketens.show_product_panel, name="product_panel"),
    path("ketens/bij-bestelling/<uuid:purchase_ref>/", ketens.show_order_panel, name="order_panel"),
    path("ketens/<slug:slug>/", ketens.show_chain, name="chain"),
    path("ketens/<slug:slug>/voetafdruk/", ketens.show_footprint, name="footprint"),
    path("ketens/<slug:slug>/over/", ketens.show_leftovers, name="leftovers"),
    path("herkomst/<uuid:public_id>/", ketens.show_provenance, name="provenance"),
    path("herkomst/<uuid:public_id>.json", ketens.show_provenance_json, name="provenance_json"),
    path("zegels/", ketens.show_seals, name="seals"),
    path("zegels.json", ketens.show_seals_json, name="seals_json"),
    path("waarom/<uuid:public_id>/", ketens.show_claim, name="claim"),
]

# The first part of an address that no other part of the monitor has names a measure, so
# paths with a word of their own stand before `urls_monitor.last`.
monitor_patterns: Patterns = [
    *urls_profile.monitor,
    *urls_steering.patterns,
    path("gegevens/", open_data.show_page, name="open_data"),
    path("gegevens/catalogus.jsonld", open_data.show_catalogue, name="catalogue"),
    # CSV on the Web looks for a description beside the file: cijfers.csv-metadata.json.
    path("gegevens/<slug:place>/<slug:slug>.<str:ending>", open_data.show_file, name="open_file"),
    *urls_monitor.patterns,
    *urls_monitor.last,
]

chain_desk_patterns: Patterns = [
    path("", members.overview, name="overview"),
    path("wat-we-doen/", members.doing, name="doing"),
    path("keten/<slug:slug>/", editing.edit, name="edit"),
    path("over/", counting.leftovers, name="leftovers"),
    path("rondes/", counting.rounds, name="rounds"),
    path("rondes/stuk/<int:leg_id>/", counting.measure, name="measure"),
    path("maand/", counting.month, name="this_month"),
    path("maand/<str:day>/", counting.month, name="month"),
    path("uren/", working.hours, name="hours"),
    path("opdrachten/", working.obligations, name="obligations"),
    path("opdrachten/<uuid:public_id>/", working.obligation, name="obligation"),
    path("opdrachten/blok/<uuid:public_id>/", working.block_step, name="block_step"),
    *urls_profile.desk,
    path("uitspraken/", saying.claims, name="claims"),
    path("uitspraken/<uuid:public_id>/eraf/", saying.withdraw, name="withdraw"),
    *urls_impact.desk_patterns,
]

social_return_patterns: Patterns = [
    path("", coordinating.waiting, name="waiting"),
    path("opdracht/", coordinating.new_obligation, name="new_obligation"),
    path("opdracht/<uuid:public_id>/sluiten/", coordinating.close, name="close"),
    path("blok/<uuid:public_id>/", coordinating.decide, name="decide"),
    path("blokken/", coordinating.blocks, name="blocks"),
]

# Paths of standards are theirs, so they are not Dutch.
exchange_patterns: Patterns = [
    path("gegevens/", access.show_page, name="page"),
    path("auth/token", access.give_token, name="token"),
    path("3/footprints", footprints.show_all, name="footprints"),
    path("3/footprints/<uuid:public_id>", footprints.show_one, name="footprint"),
    path("3/events", footprints.take_event, name="pact_events"),
    path("ileap/rounds/<uuid:public_id>.json", shipments.show_round, name="round_shipments"),
    path(
        "ileap/purchases/<uuid:purchase_ref>.json",
        shipments.show_purchase,
        name="purchase_shipments",
    ),
    path("epcis/batches/<uuid:public_id>.jsonld", events.show_batch, name="batch_events"),
]

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
    path("", include((shop_patterns, "shop"))),
    path("", include((catalogue_patterns, "catalogue"))),
    path("meedoen/", include((join_patterns, "join"))),
    path("mijn-winkel/", include((desk_patterns, "desk"))),
    path("mijn-keten/", include((chain_desk_patterns, "chain_desk"))),
    path("profiel/", include((urls_profile.links, "profile"))),
    path("social-return/", include((social_return_patterns, "social_return"))),
    path("", include(([*ketens_patterns, *urls_impact.public_patterns], "ketens"))),
    path("monitor/", include((monitor_patterns, "monitor"))),
    path("api/v1/", api.urls),
    path("", include((exchange_patterns, "exchange"))),
    path("", include((pages_patterns, "pages"))),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    *media_patterns,
    path("", include(wagtail_urls)),
]
