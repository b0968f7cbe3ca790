"""A spreadsheet in and out: looked over first, carried out on request, undone if wanted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from winkelstraat.common.limits import limit
from winkelstraat.shop.domain.sheets import HEADINGS, UnreadableSheet
from winkelstraat.shop.models import ImportRun, ImportState, SellerProfile
from winkelstraat.shop.operations.imports import ask_import, start_import
from winkelstraat.shop.operations.sheets import MOST_BYTES
from winkelstraat.shop.queries.imports import ImportPage, get_import, list_imports
from winkelstraat.shop.queries.sheets_out import write_sheet
from winkelstraat.shop.views.desk import at_desk, at_own_desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@limit("sheet", most=20, seconds=3600)
@require_http_methods(["GET", "POST"])
@at_own_desk
def sheets(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Take a file in, and show the last ones."""
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or isinstance(upload, list):
            problem = _("Choose a file first.")
        elif (upload.size or 0) > MOST_BYTES:
            problem = explain_sheet("too_heavy")
        else:
            return _take_in(request, seller, str(upload.name), upload.read())
    context: dict[str, object] = {
        "problem": problem,
        "runs": list_imports(seller),
        "headings": HEADINGS,
    }
    return at_desk(request, seller, "desk/sheets.html", context, status=422 if problem else 200)


@require_GET
@at_own_desk
def export(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Give the shop's own offer as a spreadsheet that can come back."""
    response = HttpResponse(write_sheet(seller), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="aanbod-{seller.slug}.xlsx"'
    return response


@require_GET
@at_own_desk
def show(request: HttpRequest, seller: SellerProfile, run_id: int) -> HttpResponse:
    """Show what each row would do, and how far the worker is."""
    page = _own(request, seller, run_id)
    context: dict[str, object] = {
        "run": page,
        "problem": explain_sheet(page.problem) if page.problem else "",
        "verdict": request.GET.get("soort", ""),
    }
    if getattr(request, "htmx", False):
        return render(request, "desk/sheet_body.html", context)
    return at_desk(request, seller, "desk/sheet.html", context)


@require_POST
@at_own_desk
def apply(request: HttpRequest, seller: SellerProfile, run_id: int) -> HttpResponse:
    """Let the worker carry it out."""
    return _ask(request, seller, run_id, ImportState.APPLYING)


@require_POST
@at_own_desk
def undo(request: HttpRequest, seller: SellerProfile, run_id: int) -> HttpResponse:
    """Let the worker undo it."""
    return _ask(request, seller, run_id, ImportState.UNDOING)


def explain_sheet(code: str) -> str:
    """Return why a file cannot be read."""
    return {
        "too_heavy": _("This file is larger than 20 MB. Divide it into parts."),
        "too_many_rows": _("This file has more than 10,000 rows. Divide it into parts."),
        "no_sheet": _("This is no spreadsheet that we can read. Use XLSX, CSV or a ZIP of them."),
        "no_headings": _("The first row needs headings, with at least the column naam."),
        "double_heading": _("A heading stands twice in the first row."),
    }.get(code, _("This file cannot be read."))


def _take_in(
    request: HttpRequest, seller: SellerProfile, file_name: str, content: bytes
) -> HttpResponse:
    try:
        run = start_import(
            seller=seller,
            author_id=int(request.user.pk or 0),
            file_name=file_name,
            content=content,
            now=timezone.now(),
        )
    except UnreadableSheet as error:
        messages.error(request, explain_sheet(error.code))
        return HttpResponseRedirect(reverse("desk:sheets"))
    return HttpResponseRedirect(reverse("desk:sheet", args=[run.pk]))


def _ask(
    request: HttpRequest, seller: SellerProfile, run_id: int, state: ImportState
) -> HttpResponse:
    try:
        done = ask_import(seller=seller, run_id=run_id, state=state, now=timezone.now())
    except ImportRun.DoesNotExist as error:
        raise Http404(_("Your shop has no such list.")) from error
    if not done:
        messages.info(request, _("This list has moved on meanwhile. Look at where it stands now."))
    return HttpResponseRedirect(reverse("desk:sheet", args=[run_id]))


def _own(request: HttpRequest, seller: SellerProfile, run_id: int) -> ImportPage:
    number = request.GET.get("pagina", "1")
    found = get_import(
        seller,
        run_id=run_id,
        verdict=request.GET.get("soort", ""),
        page=int(number) if number.isdecimal() and len(number) < 5 else 1,
    )
    if found is None:
        raise Http404(_("Your shop has no such list."))
    return found
