"""Fill in the questions on impact: by the link of the mail, or at the members' desk."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorpen.register.models import Enterprise
from ketens.forms.profiles import AnswerForm
from ketens.models import ProfileInvitation
from ketens.operations.profile_answers import RoundOver, keep_answer
from ketens.queries.profiles.asking import Address, get_asked, get_step, is_open, read_questions
from ketens.queries.profiles.links import find_by_token, find_for
from ketens.views.counting import READ_OR_SEND
from ketens.views.members import at_desk, at_own_enterprise, for_owners
from winkelstraat.common.limits import limit

# Renders a page in its surroundings: the street, or the desk of an enterprise.
Show = Callable[[str, dict[str, Any], int], HttpResponse]


@never_cache
@require_safe
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, what was answered, and where to go on."""
    invitation = open_link(token)
    return show_whole(invitation, address_of_link(token), on_the_street(request))


@never_cache
@limit("profile", most=300, seconds=600)
@READ_OR_SEND
def step(request: HttpRequest, token: str, question: str) -> HttpResponse:
    """Ask one question and keep the answer at once."""
    invitation = open_link(token)
    return ask(request, invitation, question, address_of_link(token), on_the_street(request))


@require_safe
@at_own_enterprise
@for_owners
def desk_start(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show the questions at the desk."""
    invitation = open_own(enterprise)
    return show_whole(invitation, address_at_desk, at_the_desk(request, enterprise))


@READ_OR_SEND
@at_own_enterprise
@for_owners
def desk_step(request: HttpRequest, enterprise: Enterprise, question: str) -> HttpResponse:
    """Ask one question at the desk."""
    invitation = open_own(enterprise)
    show = at_the_desk(request, enterprise)
    return ask(request, invitation, question, address_at_desk, show)


def show_whole(invitation: ProfileInvitation, address: Address, show: Show) -> HttpResponse:
    """Show how far somebody is."""
    asked = get_asked(invitation, today=timezone.localdate(), address=address)
    return show("whole", {"asked": asked}, 200)


def ask(
    request: HttpRequest,
    invitation: ProfileInvitation,
    key: str,
    address: Address,
    show: Show,
) -> HttpResponse:
    """Show one question, or keep its answer and go on to the next open one."""
    questions = read_questions(invitation)
    question = questions.find(key)
    if question is None:
        raise Http404
    if not is_open(invitation, today=timezone.localdate()):
        asked = get_asked(invitation, today=timezone.localdate(), address=address)
        return show("whole", {"asked": asked}, 410)
    form = AnswerForm(request.POST if request.method == "POST" else None, question=question)
    if form.is_bound and form.is_valid():
        try:
            held = keep_answer(
                invitation=invitation,
                question=key,
                chosen=form.cleaned_data["answer"],
                user=request.user if request.user.is_authenticated else None,
                now=timezone.now(),
            )
        except RoundOver:
            return show_whole(invitation, address, show)
        following = questions.next_open(held.current, after=key)
        return HttpResponseRedirect(address(following or ""))
    chosen = form.chosen() if form.is_bound else invitation.current.get(key, [])
    context = {
        "step": get_step(questions, question, chosen, address=address),
        "form": form,
        "asked": get_asked(invitation, today=timezone.localdate(), address=address),
    }
    return show("step", context, 422 if form.errors else 200)


def open_link(token: str) -> ProfileInvitation:
    """Return the invitation of a link; a link that we did not write opens nothing (404)."""
    found = find_by_token(token)
    if found is None:
        raise Http404(_("This link is not right. Take the one from the newest mail."))
    return found


def open_own(enterprise: Enterprise) -> ProfileInvitation:
    """Return the newest invitation of an enterprise."""
    found = find_for(enterprise)
    if found is None:
        raise Http404(_("Nothing is asked of your enterprise yet."))
    return found


def address_of_link(token: str) -> Address:
    """Return how steps are addressed by a link."""
    return lambda key: (
        reverse("profile:step", args=[token, key])
        if key
        else reverse("profile:start", args=[token])
    )


def address_at_desk(key: str) -> str:
    """Return how steps are addressed at the desk."""
    if key:
        return reverse("chain_desk:profile_step", args=[key])
    return reverse("chain_desk:profile")


def on_the_street(request: HttpRequest) -> Show:
    """Render on the street, for who has no account."""

    def show(name: str, context: dict[str, Any], status: int) -> HttpResponse:
        asked = context["asked"].for_a_link
        around = {**context, "base": "chain_desk/profile_base.html", "asked": asked}
        return render(request, f"chain_desk/profile_{name}.html", around, status=status)

    return show


def at_the_desk(request: HttpRequest, enterprise: Enterprise) -> Show:
    """Render at the desk of an enterprise."""

    def show(name: str, context: dict[str, Any], status: int) -> HttpResponse:
        around = {"base": "chain_desk/base.html", **context}
        return at_desk(request, enterprise, f"profile_{name}", around, status=status)

    return show
