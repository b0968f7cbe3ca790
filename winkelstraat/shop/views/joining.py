"""Join the street with a shop of your own, or come to work in one that asked you to."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dorpen.register.operations.people import InvitationOver, accept_invitation
from winkelstraat.accounts.models import User
from winkelstraat.accounts.permissions import sign_in_required
from winkelstraat.common.limits import limit
from winkelstraat.shop.domain.joining import MOST_BYTES, ProofRefused
from winkelstraat.shop.forms.joining import JoiningForm
from winkelstraat.shop.models import Application
from winkelstraat.shop.operations.joining import (
    OPEN,
    HasOwner,
    hand_in,
    keep_application,
    keep_extract,
)
from winkelstraat.shop.queries.joining import get_application, list_steps, search_register


@never_cache
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Tell what a shop on the street takes and gives; who is on his way sees how far."""
    steps = list_steps(request.user) if isinstance(request.user, User) else []
    application = get_application(request.user) if isinstance(request.user, User) else None
    context = {"steps": steps, "application": application}
    return render(request, "joining/about.html", context)


@never_cache
@limit("join", most=60, seconds=600)
@sign_in_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Ask what the law asks; keep it, and hand it in when it is whole."""
    applicant, now = cast(User, request.user), timezone.now()
    application = get_application(applicant)
    if application is not None and application.status not in OPEN:
        return HttpResponseRedirect(reverse("join:about"))
    if request.method == "GET":
        fields = application.fields if application else {"email": applicant.email}
        return _ask(request, JoiningForm(initial={**fields, **_chosen(request)}))
    form = JoiningForm(request.POST)
    kept = keep_application(
        applicant=applicant,
        fields={name: request.POST.get(name, "") for name in form.fields},
        now=now,
    )
    problem = _keep_extract(request, kept)
    if "later" in request.POST and not problem:
        messages.success(request, _("Kept. Go on when it suits you."))
        return HttpResponseRedirect(reverse("join:about"))
    if not form.is_valid() or problem:
        return _ask(request, form, problem=problem, status=422)
    if not kept.extract_name:
        problem = _("Add your extract from the trade register: a PDF or a photo.")
        return _ask(request, form, problem=problem, status=422)
    return _hand_in(request, form, kept)


@limit("join_check", most=200, seconds=600)
@sign_in_required
@require_POST
def check(request: HttpRequest, field: str) -> HttpResponse:
    """Say whether one field is right, while somebody types the next."""
    form = JoiningForm(request.POST)
    if field not in form.fields:
        raise Http404
    form.is_valid()
    errors = list(form.errors.get(field, ()))
    context = {"errors": errors, "typed": request.POST.get(field, "")}
    return render(request, "joining/checked.html", context)


def _hand_in(request: HttpRequest, form: JoiningForm, kept: Application) -> HttpResponse:
    fields = {
        name: "on" if value is True else str(value or "")
        for name, value in form.cleaned_data.items()
    }
    now = timezone.now()
    try:
        keep_application(applicant=kept.applicant, fields=fields, now=now)
        hand_in(application=kept, iban=form.cleaned_data["iban"], now=now)
    except HasOwner:
        form.add_error(
            "kvk_number",
            _("This enterprise has an owner on the street. Ask him to invite you as a helper."),
        )
        return _ask(request, form, status=409)
    messages.success(request, _("Handed in. We look at it and mail you."))
    return HttpResponseRedirect(reverse("join:about"))


def _keep_extract(request: HttpRequest, application: Application) -> str:
    """Keep the proof that was sent along; return what is wrong with it, if anything."""
    upload = request.FILES.get("extract")
    if upload is None:
        return ""
    if (upload.size or 0) > MOST_BYTES:
        return _("This file is larger than 10 MB. Make it smaller, or take a photo of it.")
    try:
        keep_extract(
            application=application, name=upload.name or "", content=upload.read(MOST_BYTES + 1)
        )
    except ProofRefused:
        return _("This is no PDF, JPG or PNG. Add your extract as one of these.")
    return ""


def _chosen(request: HttpRequest) -> dict[str, str]:
    number = request.GET.get("kvk", "")
    return {"kvk_number": number} if number.isdecimal() and len(number) == 8 else {}


def _ask(
    request: HttpRequest, form: JoiningForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    text = request.GET.get("zoek", "")
    context = {
        "form": form,
        "problem": problem,
        "application": get_application(cast(User, request.user)),
        "text": text,
        "found": search_register(text),
    }
    return render(request, "joining/details.html", context, status=status)


@never_cache
@limit("invitation", most=30, seconds=600)
@sign_in_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to join, and join; opening the link alone changes nothing."""
    if request.method == "GET":
        return render(request, "desk/invitation.html", {"email": request.user.get_username()})
    try:
        place = accept_invitation(token=token, user=request.user, now=timezone.now())  # type: ignore[arg-type]
    except InvitationOver:
        context = {"email": request.user.get_username(), "is_over": True}
        return render(request, "desk/invitation.html", context, status=410)
    messages.success(request, _("You work at %(shop)s now.") % {"shop": place.enterprise})
    return HttpResponseRedirect(reverse("desk:today"))
