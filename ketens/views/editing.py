"""Members and staff edit their chain; what they change is kept with who did it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.forms.chains import AgreementForm, DescribeForm, LetInForm
from ketens.models import Chain, ChainStatus, Role
from ketens.operations.chain_edits import (
    AlreadyMember,
    TextBlocked,
    WrongDays,
    agree,
    change_status,
    describe_chain,
    let_in,
)
from ketens.queries.chain_edits import find_chain, get_chain_desk
from ketens.views.counting import READ_OR_SEND
from ketens.views.members import at_desk, at_own_enterprise, for_owners
from winkelstraat.accounts.models import Role as StreetRole
from winkelstraat.accounts.queries import has_role
from winkelstraat.common.claims.wording import explain_claim

Forms = dict[str, Any]


@READ_OR_SEND
@at_own_enterprise
@for_owners
def edit(request: HttpRequest, enterprise: Enterprise, slug: str) -> HttpResponse:
    """Show a chain as its members edit it, and take one change at a time."""
    is_staff = has_role(request.user, StreetRole.PLATFORM_STAFF)
    chain = find_chain(slug, enterprise, is_staff=is_staff)
    if chain is None:
        raise Http404(_("Your enterprise takes part in no such chain."))
    forms = build_forms(request, chain)
    what = request.POST.get("what", "")
    if request.method == "POST" and what in STEPS:
        form = forms[what]
        if form.is_valid() and STEPS[what](request, chain, form):
            messages.success(request, _("Written down. Thank you."))
            return HttpResponseRedirect(reverse("chain_desk:edit", args=[chain.slug]))
    if request.method == "POST" and what == "status" and is_staff:
        status = ChainStatus(request.POST.get("status", ChainStatus.RUNNING))
        change_status(chain=chain, status=status, user=request.user, now=timezone.now())
        return HttpResponseRedirect(reverse("chain_desk:edit", args=[chain.slug]))
    context = {
        "chain": chain,
        "forms": forms,
        "desk": get_chain_desk(chain),
        "statuses": ChainStatus.choices if is_staff else (),
    }
    refused = any(form.errors for form in forms.values())
    return at_desk(request, enterprise, "edit", context, status=422 if refused else 200)


def build_forms(request: HttpRequest, chain: Chain) -> Forms:
    """Return the three forms; only the one that was sent holds what was typed."""
    what = request.POST.get("what", "")
    verified = Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED).order_by("trade_name")
    told = {"name": chain.name, "summary": chain.summary, "story": chain.story}

    def sent(name: str) -> Any:
        return request.POST if what == name else None

    return {
        "describe": DescribeForm(sent("describe"), initial=told, prefix="d"),
        "agree": AgreementForm(sent("agree"), prefix="a"),
        "let_in": LetInForm(
            sent("let_in"), prefix="l", enterprises=list(verified.values_list("pk", "trade_name"))
        ),
    }


def describe(request: HttpRequest, chain: Chain, form: DescribeForm) -> bool:
    """Take the words, or say which of them rest on nothing."""
    try:
        describe_chain(chain=chain, told=form.told(), user=request.user, now=timezone.now())
    except TextBlocked as blocked:
        for one in blocked.findings:
            form.add_error(None, explain_claim(one.rule, one.words))
        return False
    return True


def write_agreement(request: HttpRequest, chain: Chain, form: AgreementForm) -> bool:
    """Take an agreement, or say what is wrong with its days."""
    try:
        agree(chain=chain, agreement=form.agreement(), user=request.user, now=timezone.now())
    except WrongDays:
        form.add_error("ends_on", _("The end lies before the start."))
        return False
    return True


def welcome(request: HttpRequest, chain: Chain, form: LetInForm) -> bool:
    """Let an enterprise in, or say that it takes part already."""
    cleaned = form.cleaned_data
    try:
        let_in(
            chain=chain,
            enterprise=Enterprise.objects.get(pk=cleaned["enterprise"]),
            role=Role(cleaned["role"]),
            contribution=cleaned["contribution"],
            user=request.user,
            now=timezone.now(),
        )
    except AlreadyMember:
        form.add_error("enterprise", _("It has this role already."))
        return False
    return True


STEPS: dict[str, Callable[[HttpRequest, Chain, Any], bool]] = {
    "describe": describe,
    "agree": write_agreement,
    "let_in": welcome,
}
