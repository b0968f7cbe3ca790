"""Where people buy: search, shops, basket, orders, and what everybody may follow."""

from django.urls import path

from winkelstraat.shop.views import (
    basket,
    catalogue,
    checkout,
    complaints,
    desk_telling,
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
from winkelstraat.urls.patterns import Patterns

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
