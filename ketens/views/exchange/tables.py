"""The open table of the chains, its description, and the page that explains what there is."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ketens.domain.exchange.tables import describe_table, write_csv
from ketens.queries.exchange.tables import COLUMNS, get_chain_table, list_chain_months

FILE_NAME = "ketens.csv"


@require_safe
def show_page(request: HttpRequest) -> HttpResponse:
    """Show which figures others can take, and how."""
    columns = [(name, label) for name, _datatype, _is_required, label in COLUMNS]
    return render(request, "ketens/exchange.html", {"columns": columns})


@require_safe
def show_table(request: HttpRequest) -> HttpResponse:
    """Give the table as CSV, with a link to its description."""
    table = get_chain_table(FILE_NAME)
    text = write_csv(table.columns, list_chain_months(today=timezone.localdate()))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    address = reverse("exchange:chain_table_description")
    answer.headers["Link"] = f'<{address}>; rel="describedby"; type="application/csvm+json"'
    return answer


@require_safe
def show_description(request: HttpRequest) -> JsonResponse:
    """Give the description of the table (CSV on the Web)."""
    return JsonResponse(
        describe_table(get_chain_table(FILE_NAME)),
        content_type="application/csvm+json",
        json_dumps_params={"ensure_ascii": False},
    )
