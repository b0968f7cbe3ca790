"""The shop's own page: write, look, publish, undo."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.forms.stories import StoryForm
from winkelstraat.shop.forms.words import explain_missing, explain_picture
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.pictures import PictureRefused
from winkelstraat.shop.operations.stories import (
    NothingToUndo,
    StoryDraft,
    publish_story,
    refuse_bare_claims,
    undo_story,
)
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def story(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what stands on the page; look at other words, or publish them."""
    if request.method == "GET":
        form = StoryForm(initial={"tagline": seller.tagline, "story": seller.story})
        return _show(request, seller, form)
    form = StoryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, seller, form, status=422)
    typed = form.cleaned_data
    draft = StoryDraft(typed["tagline"], typed["story"].strip(), cast(Any, typed["photo"]) or None)
    now = timezone.now()
    try:
        if "look" in request.POST:
            refuse_bare_claims(seller, draft, now)
            return _show(request, seller, form, preview=draft)
        publish_story(seller=seller, draft=draft, user_id=int(request.user.pk or 0), now=now)
    except CannotPublish as refusal:
        for field in refusal.missing:
            name, text = explain_missing(field)
            form.add_error(name or None, text)
        return _show(request, seller, form, status=422)
    except PictureRefused as refusal:
        form.add_error("photo", explain_picture(refusal.code))
        return _show(request, seller, form, status=422)
    messages.success(request, _("Your page is renewed. Buyers see it at once."))
    return HttpResponseRedirect(reverse("desk:story"))


@require_POST
@at_own_desk
def undo(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Put back what stood there before."""
    try:
        undo_story(seller=seller, user_id=int(request.user.pk or 0), now=timezone.now())
    except NothingToUndo:
        messages.info(request, _("There is nothing to put back."))
    else:
        messages.success(request, _("What stood there before is back."))
    return HttpResponseRedirect(reverse("desk:story"))


def _show(
    request: HttpRequest,
    seller: SellerProfile,
    form: StoryForm,
    *,
    preview: StoryDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "preview": preview,
        "can_undo": seller.stories.count() > 1,
        "photo": seller.photo,
    }
    return at_desk(request, seller, "desk/story.html", context, status=status)
