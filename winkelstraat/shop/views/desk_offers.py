"""What the shop offers: the list with price and stock at hand, and one form per thing.

What is typed is kept in a sketch with every answer of the form, so that nothing is lost
when something is missing, the connection breaks, or a colleague was faster.
"""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.domain.focus import read_focus
from winkelstraat.shop.forms.collisions import list_differences
from winkelstraat.shop.forms.listing import ListingForm
from winkelstraat.shop.forms.words import explain_missing, explain_picture
from winkelstraat.shop.models import Listing, ListingSketch, SellerProfile
from winkelstraat.shop.operations.listings import (
    EditCollides,
    publish_listing,
    withdraw_listing,
)
from winkelstraat.shop.operations.photos import keep_in_view, show_photo
from winkelstraat.shop.operations.pictures import PictureRefused, keep_picture
from winkelstraat.shop.operations.sketches import drop_sketch, keep_photo_of_sketch, save_sketch
from winkelstraat.shop.operations.variants import make_variant, stand_alone
from winkelstraat.shop.queries.desk_offers import (
    find_sketch,
    get_offer,
    get_own_listing,
    list_offers,
    list_sketches,
    type_fields,
)
from winkelstraat.shop.queries.photos import find_photo, focus_of
from winkelstraat.shop.queries.variants import list_variants
from winkelstraat.shop.views.desk import at_desk, at_own_desk

OTHER_IN_A_VARIANT = ("stock", "price", "net_quantity", "pieces", "drained_quantity")
NOT_KEPT = ("photo", "price_is_right", "version", "seen_stock")


@require_GET
@at_own_desk
def offers(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the shop's own list, and what was begun and not finished."""
    text = request.GET.get("q", "").strip()[:60]
    context: dict[str, object] = {
        "offers": list_offers(seller, text=text, page=request.GET.get("pagina", "1")),
        "sketches": list_sketches(seller, author_id=_person(request)),
        "text": text,
        "undo": _undo(request, seller),
    }
    return at_desk(request, seller, "desk/offers.html", context)


@require_http_methods(["GET", "POST"])
@at_own_desk
def new(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Offer something new; with `van` it begins as a copy of something else."""
    if request.method == "POST":
        return _save(request, seller, None)
    copied = (
        _own(seller, int(request.GET["van"])) if request.GET.get("van", "").isdecimal() else None
    )
    sketch = find_sketch(seller, author_id=_person(request), listing_id=None)
    initial = dict(type_fields(copied)) if copied else {}
    if copied and "soort" in request.GET:
        initial |= {"variant_of": copied.pk} | dict.fromkeys(OTHER_IN_A_VARIANT, "")
    if sketch and not copied:
        initial = sketch.fields
    return _form(request, seller, None, ListingForm(initial=initial), sketch=sketch)


@require_http_methods(["GET", "POST"])
@at_own_desk
def edit(request: HttpRequest, seller: SellerProfile, listing_id: int) -> HttpResponse:
    """Change something that is offered."""
    listing = _own(seller, listing_id)
    if request.method == "POST":
        return _save(request, seller, listing)
    sketch = find_sketch(seller, author_id=_person(request), listing_id=listing_id)
    focus = str(focus_of(find_photo(seller, listing_id=listing_id)) or "")
    initial = {**type_fields(listing), "focus": focus, **(sketch.fields if sketch else {})}
    return _form(request, seller, listing, ListingForm(initial=initial), sketch=sketch)


@require_POST
@at_own_desk
def sketch(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Keep what is typed; the page asks this by itself every few seconds."""
    kept = _sketch(request, seller, _listing_of(request, seller))
    return render(request, "desk/offer_saved.html", {"saved_at": kept.saved_at})


@require_GET
@at_own_desk
def propose(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Return the questions that belong to what is typed so far."""
    form = ListingForm(initial=request.GET.dict())
    return render(request, "desk/offer_kind.html", {"form": form})


@require_POST
@at_own_desk
def remove(request: HttpRequest, seller: SellerProfile, listing_id: int) -> HttpResponse:
    """Take something off the street."""
    listing = _own(seller, listing_id)
    withdraw_listing(seller=seller, listing_id=listing_id)
    messages.success(request, _("%(title)s is off the street.") % {"title": listing.title})
    return HttpResponseRedirect(reverse("desk:offers"))


@require_POST
@at_own_desk
def alone(request: HttpRequest, seller: SellerProfile, listing_id: int) -> HttpResponse:
    """Let a size or flavour stand by itself again."""
    listing = _own(seller, listing_id)
    stand_alone(seller=seller, listing_id=listing_id)
    messages.success(request, _("%(title)s stands by itself now.") % {"title": listing.title})
    return HttpResponseRedirect(reverse("desk:offer", args=[listing_id]))


def _undo(request: HttpRequest, seller: SellerProfile) -> dict[str, object] | None:
    """Return what the undo of a change without script needs; its numbers are only proposed."""
    number = request.GET.get("anders", "")
    offer = get_offer(seller, listing_id=int(number)) if number.isdecimal() else None
    if offer is None:
        return None
    return {
        "offer": offer,
        "price_text": request.GET.get("was", "")[:16],
        "available": request.GET.get("had", "")[:6],
    }


def _save(request: HttpRequest, seller: SellerProfile, listing: Listing | None) -> HttpResponse:
    """Keep everything in the sketch, then offer it when nothing is missing."""
    if "afresh" in request.POST:
        listing_id = listing.pk if listing else None
        drop_sketch(seller=seller, author_id=_person(request), listing_id=listing_id)
        return HttpResponseRedirect(request.path)
    kept = _sketch(request, seller, listing)
    form = ListingForm(request.POST, old_price_cents=listing.price_cents if listing else None)
    if "photo" in request.FILES:
        try:
            photo = keep_picture(
                upload=cast(Any, request.FILES["photo"]),
                title=request.POST.get("title", ""),
                credit=seller.name,
            )
            keep_photo_of_sketch(sketch=kept, photo=photo)
        except PictureRefused as refusal:
            form.add_error("photo", explain_picture(refusal.code))
    if "none_of_them" in request.POST or "later" in request.POST:
        return _go_on(request, seller, listing, kept)
    if not form.is_valid():
        return _form(request, seller, listing, form, sketch=kept, status=422)
    return _publish(request, seller, listing, form, kept)


def _publish(
    request: HttpRequest,
    seller: SellerProfile,
    listing: Listing | None,
    form: ListingForm,
    kept: ListingSketch,
) -> HttpResponse:
    try:
        offered = publish_listing(
            seller=seller,
            draft=form.draft(listing),
            now=timezone.now(),
            listing=listing,
            seen_version=form.cleaned_data["version"] if listing else None,
            seen_stock=form.cleaned_data["seen_stock"] if listing else None,
        )
    except CannotPublish as refusal:
        for field in refusal.missing:
            name, text = explain_missing(field)
            form.add_error(name if name in form.fields else None, text)
        return _form(request, seller, listing, form, sketch=kept, status=422)
    except EditCollides:
        return _collide(request, seller, _own(seller, listing.pk if listing else 0), form, kept)
    if kept.photo:
        show_photo(listing=offered, photo=kept.photo)
    focus = read_focus(form.cleaned_data["focus"])
    if focus:
        keep_in_view(listing=offered, focus=focus)
    _keep_together(seller, offered, form.cleaned_data["variant_of"])
    drop_sketch(
        seller=seller, author_id=_person(request), listing_id=listing.pk if listing else None
    )
    messages.success(request, _("%(title)s is on the street.") % {"title": offered.title})
    return HttpResponseRedirect(reverse("desk:offers"))


def _keep_together(seller: SellerProfile, offered: Listing, of_id: int | None) -> None:
    """Show what is offered beside the thing that it is another size or flavour of."""
    if of_id and get_own_listing(seller, listing_id=of_id):
        make_variant(seller=seller, listing_id=offered.pk, of_id=of_id)


def _go_on(
    request: HttpRequest, seller: SellerProfile, listing: Listing | None, kept: ListingSketch
) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Kept. You find it at the top of this list."))
        return HttpResponseRedirect(reverse("desk:offers"))
    fields = dict(kept.fields)
    form = ListingForm(initial=fields)
    for field in form.allergen_fields():
        form.initial[field.name] = fields.get(field.name) or "none"
    return _form(request, seller, listing, form, sketch=kept)


def _collide(
    request: HttpRequest,
    seller: SellerProfile,
    theirs: Listing,
    form: ListingForm,
    kept: ListingSketch,
) -> HttpResponse:
    """Show both versions; sending the form once more keeps this one."""
    form.collision = list_differences(form, type_fields(theirs))
    form.data = {**form.data.dict(), "version": theirs.version}  # type: ignore[attr-defined]
    return _form(request, seller, theirs, form, sketch=kept, status=409)


def _form(
    request: HttpRequest,
    seller: SellerProfile,
    listing: Listing | None,
    form: ListingForm,
    *,
    sketch: ListingSketch | None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "listing": get_offer(seller, listing_id=listing.pk) if listing else None,
        "variants": list_variants(listing_id=listing.pk, head_id=listing.variant_of_id)
        if listing
        else (),
        "sketch": sketch,
        "picture": (sketch and sketch.photo)
        or (find_photo(seller, listing_id=listing.pk) if listing else None),
    }
    return at_desk(request, seller, "desk/offer_form.html", context, status=status)


def _sketch(request: HttpRequest, seller: SellerProfile, listing: Listing | None) -> ListingSketch:
    fields = {
        name: request.POST[name]
        for name in ListingForm().fields
        if name in request.POST and name not in NOT_KEPT
    }
    if "made_by_shop" not in fields and "title" in fields:
        fields["made_by_shop"] = ""
    return save_sketch(
        seller=seller,
        author_id=_person(request),
        listing_id=listing.pk if listing else None,
        fields=fields,
        now=timezone.now(),
    )


def _listing_of(request: HttpRequest, seller: SellerProfile) -> Listing | None:
    number = request.POST.get("listing", "")
    return _own(seller, int(number)) if number.isdecimal() and len(number) < 18 else None


def _own(seller: SellerProfile, listing_id: int) -> Listing:
    listing = get_own_listing(seller, listing_id=listing_id)
    if listing is None:
        raise Http404(_("Your shop does not offer this."))
    return listing


def _person(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
