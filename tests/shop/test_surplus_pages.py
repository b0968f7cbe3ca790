"""What must go, as people see it: at the desk, on the street and in a feed reader."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from dorpen.pages.operations import make_village_pages
from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket, stock_of
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.surplus import Step
from winkelstraat.shop.forms.surplus import propose
from winkelstraat.shop.models import Listing, Surplus, SurplusLeft
from winkelstraat.shop.operations.surplus import SurplusDraft, start_surplus
from winkelstraat.shop.queries.baskets import get_basket
from winkelstraat.shop.tasks import sweep_surplus

pytestmark = pytest.mark.django_db
STRIP = {"HX-Request": "true", "HX-Target": "must-go"}
DESK = "/mijn-winkel/moet-op/"


@pytest.fixture
def street(settings: Any) -> BaseBasket:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    return base_basket()


def keeper(street: BaseBasket, number: int = 1) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="owner")
    client = Client()
    client.force_login(user)
    return client


def running(street: BaseBasket, **changes: object) -> Surplus:
    now = timezone.now()
    told: dict[str, object] = {
        "listing_id": street.listings[0].pk,
        "reason": "too_much",
        "best_before": now.date() + timedelta(days=1),
        "pick_up_until": now + timedelta(hours=2),
        "pieces": 12,
        "steps": (Step(now, 25), Step(now + timedelta(hours=1), 50)),
    }
    return start_surplus(
        seller=street.sellers[0],
        draft=SurplusDraft(**{**told, **changes}),  # type: ignore[arg-type]
        user=None,
        now=now,
    )


def proposal(client: Client, address: str) -> dict[str, str]:
    """Return what the form would send when nothing is typed."""
    form = client.get(address).context["form"]
    return {
        name: str(value) if isinstance(form.fields[name], forms.ChoiceField) else shown(form, name)
        for name in form.fields
        if (value := form[name].value()) is not None
    }


def shown(form: forms.Form, name: str) -> str:
    return str(form.fields[name].widget.format_value(form[name].value()))


def test_one_tap_starts_it_with_what_was_filled_in(street: BaseBasket) -> None:
    client = keeper(street)
    address = f"{DESK}aanbod/{street.listings[0].pk}/"
    fields = proposal(client, address)
    assert (fields["pieces"], fields["first_percentage"]) == ("50", "25")
    answer = client.post(address, fields)
    surplus = Surplus.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}{surplus.pk}/")
    assert (surplus.pieces, surplus.steps.count(), surplus.made_pieces) == (50, 2, None)
    assert b"Volkorenbrood" in client.get(DESK).content
    assert client.get(address)["Location"] == f"{DESK}{surplus.pk}/", "it is not started twice"


def test_a_step_of_sixty_percent_on_alcohol_is_refused_with_what_was_typed_kept(
    street: BaseBasket,
) -> None:
    Listing.objects.filter(pk=street.listings[0].pk).update(alcohol_class="weak")
    client = keeper(street)
    address = f"{DESK}aanbod/{street.listings[0].pk}/"
    fields = proposal(client, address) | {"second_percentage": "60"}
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "hoogstens een kwart" in answer.content.decode()
    assert 'value="60"' in answer.content.decode()
    assert Surplus.objects.count() == 0
    assert stock_of(street)[0] == (50, 0)


def test_it_ends_is_counted_and_everything_gets_a_place(street: BaseBasket) -> None:
    client, surplus = keeper(street), running(street)
    address = f"{DESK}{surplus.pk}/"
    assert client.post(f"{address}stop/", {"left": "13"}).status_code == 422
    surplus.refresh_from_db()
    assert surplus.ended_at is None, "a number that cannot be ends nothing"
    assert client.post(f"{address}stop/", {"left": "5"}).status_code == 302
    refused = client.post(f"{address}over/", {"destination": "feed", "pieces": "6"})
    assert refused.status_code == 422
    assert "Nog maar 5 " in refused.content.decode()
    assert SurplusLeft.objects.count() == 0
    client.post(f"{address}over/", {"destination": "food_bank", "pieces": "3"})
    client.post(f"{address}over/", {"destination": "compost", "pieces": "2", "grams": "1500"})
    rows = SurplusLeft.objects.values_list("destination", "rung", "pieces", "mass_g", "is_weighed")
    assert list(rows) == [("food_bank", 2, 3, 2400, False), ("compost", 7, 2, 1500, True)]
    shown = client.get(DESK).content.decode()
    assert "voedselbank" in shown
    assert "3 · 2.400 g" in shown


def test_what_nobody_can_weigh_asks_for_a_weight(street: BaseBasket) -> None:
    Listing.objects.filter(pk=street.listings[0].pk).update(mass_g=None)
    client, surplus = keeper(street), running(street)
    client.post(f"{DESK}{surplus.pk}/stop/", {"left": "5"})
    refused = client.post(f"{DESK}{surplus.pk}/over/", {"destination": "feed", "pieces": "5"})
    assert refused.status_code == 422
    assert SurplusLeft.objects.count() == 0


def test_the_street_shows_the_old_price_beside_the_new_one(street: BaseBasket) -> None:
    running(street)
    listing = street.listings[0]
    client = Client()
    client.post("/mandje/erin/", {"listing": listing.pk, "quantity": 1})
    for address in ("/zoeken/", f"/aanbod/{listing.slug}_{listing.pk}/", "/mandje/"):
        shown = client.get(address).content.decode()
        assert "van <s>€\u00a02,95</s>" in shown, address
        assert "€\u00a02,21" in shown, address


def test_what_must_go_is_collected_today_at_the_shop(street: BaseBasket) -> None:
    surplus = running(street)
    client = Client()
    client.post("/mandje/erin/", {"listing": street.listings[0].pk, "quantity": 1})
    basket_id = client.get("/mandje/").context["basket"].basket_id
    first = get_basket(basket_id=basket_id, now=timezone.now()).shops[0].ways[0]
    assert (first.fulfilment, first.end) == ("shop", surplus.pick_up_until)


def test_a_village_shows_it_as_a_strip_a_page_and_a_feed(street: BaseBasket) -> None:
    running(street)
    slug = street.listings[0].village.slug
    strip = Client().get(f"/moet-op/{slug}/", headers=STRIP).content.decode()
    assert "<html" not in strip
    page = Client().get(f"/moet-op/{slug}/").content.decode()
    feed = Client().get(f"/moet-op/{slug}/feed.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    for text in (strip, page, feed.content.decode()):
        assert "Volkorenbrood" in text
        assert "€\u00a02,21" in text
        assert "2,95" in text
    elsewhere = street.listings[1].village.slug
    empty = Client().get(f"/moet-op/{elsewhere}/", headers=STRIP)
    assert empty.content.strip() == b""
    assert Client().get("/moet-op/nergens/").status_code == 404


def test_the_sweeper_lowers_and_ends_on_time(
    street: BaseBasket, monkeypatch: pytest.MonkeyPatch
) -> None:
    surplus = running(street)
    listing = street.listings[0]
    for ahead, price in ((timedelta(minutes=61), 147), (timedelta(hours=2), 295)):
        moment = surplus.started_at + ahead
        monkeypatch.setattr("winkelstraat.shop.tasks.timezone.now", lambda at=moment: at)
        sweep_surplus()
        listing.refresh_from_db()
        assert listing.price_cents == price
    surplus.refresh_from_db()
    assert surplus.ended_at == moment


def test_the_proposal_of_the_form_lies_in_the_future_at_every_hour() -> None:
    for hour in range(24):
        now = timezone.make_aware(datetime(2026, 11, 23, hour, 30))
        found = propose(available=3, is_alcohol=False, now=now)
        assert found["first_at"] < found["second_at"] < found["pick_up_until"]
        assert found["pick_up_until"] > now
        assert found["best_before"] >= date(2026, 11, 23)


def test_a_village_with_shops_asks_for_its_strip_and_has_a_link_without_script(
    street: BaseBasket,
) -> None:
    make_village_pages()
    slug = street.listings[0].village.slug
    page = Client().get(f"/dorpen/{slug}/").content.decode()
    assert f'hx-get="/moet-op/{slug}/"' in page
    assert f'<a href="/moet-op/{slug}/">Kijk wat vandaag op moet</a>' in page
