"""The public pages of the chains; all of them are readable without signing in."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ketens import queries
from ketens.models import Chain, ClaimStatus
from ketens.queries.claims import get_claim, list_standing
from ketens.queries.footprints import get_footprint_page
from ketens.queries.leftovers import get_leftovers, list_leftover_batches
from ketens.queries.wording import UNIT_WORDS
from winkelstraat.ledger.queries import list_seals

# What was never approved is nobody's business but the proposer's and the reviewer's.
PUBLIC_STATUSES = (ClaimStatus.APPROVED, ClaimStatus.WITHDRAWN)


@require_safe
def list_chains(request: HttpRequest) -> HttpResponse:
    """Show every chain of the street."""
    return render(request, "ketens/chains.html", {"chains": queries.list_chains()})


@require_safe
def show_chain(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one chain: story, figures, flow, members, stretches, and what is unknown."""
    chain = queries.get_chain(slug, today=timezone.localdate())
    if chain is None:
        raise Http404
    claims = list_standing(today=timezone.localdate(), chain_id=chain.card.chain_id)
    return render(request, "ketens/chain.html", {"chain": chain, "claims": claims})


@require_safe
def show_leftovers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a chain left over: by rung, and batch by batch."""
    chain = Chain.objects.filter(slug=slug).first()
    if chain is None:
        raise Http404
    context = {
        "chain": chain,
        "leftovers": get_leftovers(chain),
        "batches": list_leftover_batches(chain),
    }
    return render(request, "ketens/leftovers.html", context)


@require_safe
def show_footprint(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the sold food of a chain emitted, with how much of it is known."""
    chain = Chain.objects.filter(slug=slug).first()
    if chain is None:
        raise Http404
    context = {"chain": chain, "footprint": get_footprint_page(chain, on=timezone.localdate())}
    return render(request, "ketens/footprint.html", context)


@require_safe
def show_provenance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how a figure is known; ``?vanaf=`` is the first day of a total."""
    provenance = queries.get_provenance(
        public_id, today=timezone.localdate(), since=parse_day(request.GET.get("vanaf", ""))
    )
    if provenance is None:
        raise Http404
    return render(request, "ketens/provenance.html", {"provenance": provenance})


@require_safe
def show_provenance_json(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Give how a figure is known to a program, with the same words and numbers as its page."""
    provenance = queries.get_provenance(
        public_id, today=timezone.localdate(), since=parse_day(request.GET.get("vanaf", ""))
    )
    if provenance is None:
        raise Http404
    return JsonResponse(asdict(provenance), json_dumps_params={"ensure_ascii": False})


@require_safe
def show_seals(request: HttpRequest) -> HttpResponse:
    """Show the digest of every closed period, so that anybody can see that none changed."""
    seals = [asdict(seal) | {"unit_text": UNIT_WORDS[seal.unit]} for seal in list_seals()]
    return render(request, "ketens/seals.html", {"seals": seals})


@require_safe
def show_seals_json(request: HttpRequest) -> JsonResponse:
    """Give the same seals to a program."""
    return JsonResponse({"seals": [asdict(seal) for seal in list_seals()]})


@require_safe
def show_claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show why something may be said: words, proofs, calculation, reviewer, history."""
    claim = get_claim(public_id, today=timezone.localdate())
    if claim is None or claim.versions[0].status not in PUBLIC_STATUSES:
        raise Http404
    return render(request, "ketens/claim.html", {"claim": claim})


@require_safe
@vary_on_headers("HX-Request")
def show_product_panel(request: HttpRequest, product_ref: str) -> HttpResponse:
    """Show the way of a product, as a page or as the panel that a product page asks for."""
    today = timezone.localdate()
    context = {
        "panel": queries.get_product_panel(product_ref, today=today),
        "claims": list_standing(today=today, product_ref=product_ref),
    }
    name = "product_panel" if is_fragment(request) else "product_panel_page"
    return render(request, f"ketens/{name}.html", context)


@never_cache
@require_safe
@vary_on_headers("HX-Request")
def show_order_panel(request: HttpRequest, purchase_ref: UUID) -> HttpResponse:
    """Show what a basket did, as a page or as the panel that an order page asks for."""
    panel = queries.get_purchase_panel(purchase_ref=purchase_ref)
    name = "order_panel" if is_fragment(request) else "order_panel_page"
    return render(request, f"ketens/{name}.html", {"panel": panel})


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether a page asks for its panel only."""
    return request.headers.get("HX-Request") == "true"


def parse_day(text: str) -> date | None:
    """Read an ISO day; anything else is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
