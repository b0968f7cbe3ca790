"""A refusal in words: what happened and what to do next."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain import refusals
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.status import WrongStep
from winkelstraat.shop.domain.vouchers import VoucherProblem

PLAIN = {
    refusals.AgeNotStated: gettext_lazy(
        "There is alcohol in your basket. Tick that you are 18 or older."
    ),
    refusals.AgeNotChecked: gettext_lazy(
        "There is alcohol in this order. Look at an identity card and tick the box."
    ),
    refusals.MoneyNotReceived: gettext_lazy(
        "This order is paid at your counter. Take the money and tick that you have it."
    ),
    refusals.UnknownListing: gettext_lazy("This is no longer on offer."),
    refusals.UnknownOrder: gettext_lazy(
        "Nothing of this order waits here. It was handed out, or it is not packed yet."
    ),
    refusals.TooLittleToPay: gettext_lazy(
        "Online you can pay from 50 cents. Add something to your basket."
    ),
    refusals.VoucherCoversAll: gettext_lazy(
        "With this voucher a shop gets nothing for its goods. Take the voucher off, or buy more."
    ),
    refusals.NotOverdue: gettext_lazy(
        "This is not late any more. Look at your order for where it stands now."
    ),
    refusals.EmptyBasket: gettext_lazy("Your basket is empty."),
    refusals.NoSubstitute: gettext_lazy(
        "This cannot take its place any more. Choose something else, or give the money back."
    ),
    refusals.AnswerPending: gettext_lazy(
        "The buyer has not answered yet whether he wants something else. Wait for it, or call him."
    ),
    refusals.ChangedMeanwhile: gettext_lazy(
        "This was changed meanwhile, maybe by a colleague. Look at it once more."
    ),
    refusals.AnswerTooLate: gettext_lazy(
        "This was answered already, or its time is over. Look at your order for what holds now."
    ),
    WrongStep: gettext_lazy("This order has moved on meanwhile. Look at where it stands now."),
}

VOUCHER_WORDS = {
    VoucherProblem.UNKNOWN: gettext_lazy("We do not know this code. Look at it once more."),
    VoucherProblem.NOT_YET: gettext_lazy("This voucher does not hold yet. Try it later."),
    VoucherProblem.OVER: gettext_lazy("The time of this voucher is over. Order without it."),
    VoucherProblem.USED_UP: gettext_lazy("This voucher is used up. Order without it."),
    VoucherProblem.OTHER_SHOP: gettext_lazy(
        "This voucher is for another shop than those in your basket."
    ),
    VoucherProblem.BELOW_MINIMUM: gettext_lazy(
        "This voucher holds from %(minimum)s of goods. Put something more in your basket."
    ),
    VoucherProblem.NOTHING_ELIGIBLE: gettext_lazy(
        "This voucher does not hold for what is in your basket."
        " At most a quarter may go off alcohol."
    ),
}


def explain(refusal: Exception) -> str:
    """Return the sentence that a person reads."""
    if isinstance(refusal, refusals.NotEnoughStock):
        return _explain_stock(refusal)
    if isinstance(refusal, refusals.TotalChanged):
        text = _("A price has changed. You saw %(seen)s, now it is %(now)s. Look at it once more.")
        seen, now = format_cents(refusal.seen_cents), format_cents(refusal.now_cents)
        return text % {"seen": seen, "now": now}
    if isinstance(refusal, refusals.ShopClosed | refusals.BelowMinimum | refusals.CannotFulfil):
        return _explain_shop(refusal)
    if isinstance(refusal, refusals.VoucherRefused):
        return explain_voucher(refusal.problem, refusal.minimum_cents)
    if isinstance(refusal, refusals.TooMany):
        return _("You can order %(most)s of one thing at most.") % {"most": refusal.most}
    if isinstance(refusal, refusals.LessIsLeft):
        text = _("There are %(left)s × %(title)s left to deliver. Write that number or less.")
        return text % {"left": refusal.left, "title": refusal.title}
    plain = PLAIN.get(type(refusal), _("That did not work. Go back and try again."))
    return str(plain)


def explain_voucher(problem: VoucherProblem, minimum_cents: int = 0) -> str:
    """Return why a voucher takes nothing off, and what to do."""
    text = str(VOUCHER_WORDS[problem])
    return text % {"minimum": format_cents(minimum_cents)}


def _explain_stock(refusal: refusals.NotEnoughStock) -> str:
    if refusal.left <= 0:
        text = _("%(title)s has just sold out. Take it out of your basket to go on.")
        return text % {"title": refusal.title}
    text = _("There are only %(left)s left of %(title)s. Change the number in your basket.")
    return text % {"title": refusal.title, "left": refusal.left}


def _explain_shop(
    refusal: refusals.ShopClosed | refusals.BelowMinimum | refusals.CannotFulfil,
) -> str:
    if isinstance(refusal, refusals.ShopClosed) and refusal.opens_at:
        text = _("%(shop)s takes orders from %(moment)s. Set its things aside, or order then.")
        moment = date_format(refusal.opens_at.astimezone(LOCAL), "l j F H.i")
        return text % {"shop": refusal.shop, "moment": moment}
    if isinstance(refusal, refusals.ShopClosed):
        text = _("%(shop)s is closed now. Set its things aside, or order later.")
        return text % {"shop": refusal.shop}
    if isinstance(refusal, refusals.BelowMinimum):
        text = _("%(shop)s asks for %(missing)s more to order.")
        return text % {"shop": refusal.shop, "missing": format_cents(refusal.missing_cents)}
    text = _("%(shop)s cannot do this moment or place any more. Choose another.")
    return text % {"shop": refusal.shop}
