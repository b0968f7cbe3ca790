"""What must go, at the desk: start it, see it run, end it, say where the rest went."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from winkelstraat.shop.domain.alcohol import TooCheapAlcohol
from winkelstraat.shop.domain.surplus import SurplusRefused
from winkelstraat.shop.forms.surplus import CloseForm, PlaceForm, SurplusForm, propose
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.surplus import close_surplus, place_rest, start_surplus
from winkelstraat.shop.queries.desk_offers import get_own_listing
from winkelstraat.shop.queries.surplus import SurplusView, find_running, get_surplus, list_surpluses
from winkelstraat.shop.views.desk import at_desk, at_own_desk
from winkelstraat.shop.views.surplus_words import explain_surplus


@require_GET
@at_own_desk
def overview(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what must go now, what waits for a place, and what became of the rest."""
    found = list_surpluses(seller)
    context: dict[str, object] = {
        "open": [one for one in found if one.settled_at is None],
        "settled": [one for one in found if one.settled_at is not None],
    }
    return at_desk(request, seller, "desk/surplus.html", context)


@require_http_methods(["GET", "POST"])
@at_own_desk
def start(request: HttpRequest, seller: SellerProfile, listing_id: int) -> HttpResponse:
    """Ask what is needed, with a proposal filled in, and start it."""
    now = timezone.now()
    listing: Any = get_own_listing(seller, listing_id=listing_id)
    if listing is None or listing.status != "published":
        raise Http404(_("Your shop has nothing on offer with this number."))
    if request.method == "POST":
        form = SurplusForm(request.POST)
        if form.is_valid():
            try:
                found = start_surplus(
                    seller=seller, draft=form.draft(listing_id), user=request.user, now=now
                )
            except (SurplusRefused, TooCheapAlcohol) as refusal:
                form.add_error(*explain_surplus(refusal))
            else:
                messages.success(request, _("It is on the street. The price goes down by itself."))
                return HttpResponseRedirect(reverse("desk:surplus_one", args=[found.pk]))
    elif runs := find_running(seller, listing_id=listing_id):
        return HttpResponseRedirect(reverse("desk:surplus_one", args=[runs]))
    else:
        is_alcohol = listing.alcohol_class != "none"
        form = SurplusForm(
            initial=propose(available=listing.available, is_alcohol=is_alcohol, now=now)
        )
    context: dict[str, object] = {"form": form, "title": listing.title}
    status = 422 if form.errors else 200
    return at_desk(request, seller, "desk/surplus_start.html", context, status=status)


@require_GET
@at_own_desk
def show(request: HttpRequest, seller: SellerProfile, surplus_id: int) -> HttpResponse:
    """Show one, with the one thing there is to do."""
    return _show(request, seller, _find(seller, surplus_id))


@require_http_methods(["POST"])
@at_own_desk
def close(request: HttpRequest, seller: SellerProfile, surplus_id: int) -> HttpResponse:
    """End it and take down how many are left."""
    found, form = _find(seller, surplus_id), CloseForm(request.POST)
    if form.is_valid():
        try:
            close_surplus(
                seller=seller,
                surplus_id=surplus_id,
                left=form.cleaned_data["left"],
                now=timezone.now(),
            )
        except SurplusRefused as refusal:
            form.add_error(_own_field(form, refusal), explain_surplus(refusal)[1])
        else:
            messages.success(request, _("Ended. The old price is back."))
            return HttpResponseRedirect(reverse("desk:surplus_one", args=[surplus_id]))
    return _show(request, seller, found, close_form=form)


@require_http_methods(["POST"])
@at_own_desk
def place(request: HttpRequest, seller: SellerProfile, surplus_id: int) -> HttpResponse:
    """Write where some of the rest went."""
    found, form = _find(seller, surplus_id), PlaceForm(request.POST)
    if form.is_valid():
        try:
            place_rest(
                seller=seller,
                surplus_id=surplus_id,
                place=form.place(),
                user=request.user,
                now=timezone.now(),
            )
        except SurplusRefused as refusal:
            form.add_error(_own_field(form, refusal), explain_surplus(refusal)[1])
        else:
            messages.success(request, _("Written down."))
            return HttpResponseRedirect(reverse("desk:surplus_one", args=[surplus_id]))
    return _show(request, seller, found, place_form=form)


def _own_field(form: forms.Form, refusal: SurplusRefused) -> str | None:
    field = explain_surplus(refusal)[0]
    return field if field in form.fields else None


def _find(seller: SellerProfile, surplus_id: int) -> SurplusView:
    found = get_surplus(seller, surplus_id=surplus_id)
    if found is None:
        raise Http404(_("Your shop has nothing that must go with this number."))
    return found


def _show(
    request: HttpRequest,
    seller: SellerProfile,
    found: SurplusView,
    *,
    close_form: CloseForm | None = None,
    place_form: PlaceForm | None = None,
) -> HttpResponse:
    errors = (close_form and close_form.errors) or (place_form and place_form.errors)
    rest = found.available if found.ended_at is None else found.most_left
    context: dict[str, object] = {
        "surplus": found,
        "close_form": close_form or CloseForm(initial={"left": rest}),
        "place_form": place_form or PlaceForm(initial={"pieces": found.left}),
    }
    status = 422 if errors else 200
    return at_desk(request, seller, "desk/surplus_one.html", context, status=status)
