"""The shop's own vouchers: a list, and a form to make one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.shop.domain.refusals import VoucherRefused
from winkelstraat.shop.forms.vouchers import VoucherForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.vouchers import make_shop_voucher
from winkelstraat.shop.queries.vouchers import list_vouchers
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def vouchers(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the shop's vouchers, and make one at its own cost."""
    form = VoucherForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            voucher = make_shop_voucher(seller=seller, **form.terms())
        except VoucherRefused:
            form.add_error("code", _("This code exists already. Choose another."))
        else:
            messages.success(request, _("Voucher %(code)s is ready.") % {"code": voucher.code})
            return HttpResponseRedirect(reverse("desk:vouchers"))
    context = {"form": form, "vouchers": list_vouchers(seller, now=timezone.now())}
    return at_desk(
        request, seller, "desk/vouchers.html", context, status=422 if form.errors else 200
    )
