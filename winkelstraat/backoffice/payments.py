"""Staff and money: find a payment, read its whole story, and decide what only people can."""

from collections.abc import Callable
from functools import wraps
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.backoffice.operations import refund_by_staff
from winkelstraat.common.money import NoAmount, format_cents, parse_cents
from winkelstraat.payments import operations
from winkelstraat.payments.queries import (
    PaymentStory,
    find_payments,
    get_last_reconciliation,
    get_story,
)

View = Callable[..., HttpResponse]

EVERYTHING, GOODWILL, SHARED = "everything", "goodwill", "shared"


class RefundForm(forms.Form):
    """What goes back: all, one shop, or an amount that the street or the shops bear."""

    what = forms.ChoiceField(label=gettext_lazy("What goes back"))
    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("Only for an amount, like 2,50"),
    )
    reason = forms.CharField(label=gettext_lazy("What do you tell the buyer?"), max_length=200)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, story: PaymentStory, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.story = story
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (EVERYTHING, _("everything")),
            *(
                (part.seller_order_ref, _("everything of %(shop)s") % {"shop": part.shop})
                for part in story.parts
            ),
            (GOODWILL, _("an amount, the street bears it")),
            (SHARED, _("an amount, the shops bear it by share")),
        ]

    def clean(self) -> dict[str, object]:
        """Ask for an amount where one is needed."""
        cleaned = super().clean() or {}
        if cleaned.get("what") in (GOODWILL, SHARED):
            try:
                cleaned["cents"] = parse_cents(str(cleaned.get("amount", "")).strip())
            except NoAmount:
                self.add_error("amount", _("Write the amount in euros, like 2,50."))
        return cleaned

    def wish(self, asked_by: str) -> operations.RefundWish:
        """Return the wish, after validation."""
        cleaned = self.cleaned_data
        what, cents = cleaned["what"], cleaned.get("cents", 0)
        refs = [part.seller_order_ref for part in self.story.parts]
        shops = refs if what == EVERYTHING else [ref for ref in refs if ref == what]
        return operations.RefundWish(
            payment_id=self.story.id,
            key=f"staff:{self.story.id}:{cleaned['key']}",
            reason=cleaned["reason"],
            asked_by=asked_by,
            shops=shops,
            goodwill_cents=cents if what == GOODWILL else 0,
            shared_cents=cents if what == SHARED else 0,
        )


def for_treasurers(view: View) -> View:
    """Let only those in who may decide over payments."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm("payments.change_payment"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@for_treasurers
def list_payments(request: HttpRequest) -> HttpResponse:
    """Show the payments that wait for a person, or those that were looked for."""
    words = request.GET.get("q", "")
    context = {
        "words": words,
        "payments": find_payments(words),
        "last": get_last_reconciliation(),
        "header_title": _("Payments"),
    }
    return render(request, "backoffice/payments.html", context)


@require_GET
@for_treasurers
def show_payment(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Show one payment's story with what can be done."""
    story = _story(payment_id)
    return _show(request, story, RefundForm(story=story, initial={"key": uuid4().hex}))


@require_POST
@for_treasurers
def refund(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Give money back, once per form."""
    story = _story(payment_id)
    form = RefundForm(request.POST, story=story)
    if not form.is_valid():
        return _show(request, story, form, status=422)
    try:
        wish = form.wish(request.user.get_username())
        done = refund_by_staff(wish=wish, user=request.user, now=timezone.now())  # type: ignore[arg-type]
    except operations.RefundRefused:
        left = format_cents(story.received_cents - story.given_back_cents)
        form.add_error(
            None, _("This cannot be given back. At most %(left)s is left.") % {"left": left}
        )
        return _show(request, story, form, status=409)
    amount = format_cents(done.amount_cents)
    return _back(request, payment_id, _("%(amount)s goes back.") % {"amount": amount})


@require_POST
@for_treasurers
def decide(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Decide over a payment that was set apart: it counts, or it goes back."""
    _story(payment_id)
    try:
        if request.POST.get("decision") == "accept":
            operations.accept_payment(payment_id=payment_id, now=timezone.now())
            return _back(request, payment_id, _("The payment counts as paid."))
        operations.send_back_payment(
            payment_id=payment_id, reason=_("it did not match what was asked"), now=timezone.now()
        )
    except operations.StillDoesNotMatch as refusal:
        return _refuse(
            request, payment_id, _("It still does not match: %(why)s") % {"why": refusal}
        )
    except operations.NotSetApart:
        return _refuse(request, payment_id, _("Somebody decided over it already."))
    except operations.GatewayError:
        text = _("The payment provider does not answer. Try it again in a minute.")
        return _refuse(request, payment_id, text)
    return _back(request, payment_id, _("The money goes back to the buyer."))


@require_POST
@for_treasurers
def settle_refund(request: HttpRequest, payment_id: int, refund_id: int) -> HttpResponse:
    """Decide over one refund: who bears it, or that it was paid by bank."""
    story = _story(payment_id)
    if refund_id not in {row.id for row in story.refunds}:
        raise Http404
    now, who = timezone.now(), request.user.get_username()
    decision = request.POST.get("decision")
    try:
        if decision == "outside":
            note = request.POST.get("note", "")[:100]
            operations.pay_outside(refund_id=refund_id, note=note, now=now)
        else:
            operations.resolve_outside(
                refund_id=refund_id, shops_bear=decision == "shops", asked_by=who, now=now
            )
    except (operations.NothingReturned, operations.RefundRefused):
        return _refuse(request, payment_id, _("That cannot be done with this refund any more."))
    return _back(request, payment_id, _("It is written down."))


def _story(payment_id: int) -> PaymentStory:
    story = get_story(payment_id)
    if story is None:
        raise Http404
    return story


def _show(
    request: HttpRequest, story: PaymentStory, form: RefundForm, *, status: int = 200
) -> HttpResponse:
    context = {"story": story, "form": form, "header_title": story.description}
    return render(request, "backoffice/payment.html", context, status=status)


def _back(request: HttpRequest, payment_id: int, text: str) -> HttpResponse:
    messages.success(request, text)
    return HttpResponseRedirect(reverse("backoffice_payment", args=[payment_id]))


def _refuse(request: HttpRequest, payment_id: int, text: str) -> HttpResponse:
    messages.error(request, text)
    return HttpResponseRedirect(reverse("backoffice_payment", args=[payment_id]))
