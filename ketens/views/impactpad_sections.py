"""Edit one part of the pad; what another person changed meanwhile is laid beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.checks import PadRefused
from ketens.domain.impactpad.content import Pad, Section, read_pad
from ketens.forms.impactpad import ComparisonForm, MissionForm, ValuationForm
from ketens.forms.impactpad_rows import (
    BaseRows,
    GoalRows,
    IndicatorRows,
    LinkRows,
    RoundRows,
    StepRows,
    start_rows,
)
from ketens.models import PadVersion
from ketens.operations.impactpad import Edit, PadCollision, save_section
from ketens.queries.impactpad.desk import list_own_indicators
from ketens.queries.impactpad.pads import get_own_pad
from ketens.queries.impactpad.telling import tell_section
from ketens.queries.impactpad.words import ROWS, SECTIONS, say_lack
from ketens.views.counting import READ_OR_SEND
from ketens.views.impactpad import read_number
from ketens.views.members import at_desk, at_own_enterprise

SINGLE: dict[Section, Any] = {
    Section.MISSION: MissionForm,
    Section.COMPARISON: ComparisonForm,
    Section.VALUATION: ValuationForm,
}
LISTS: dict[Section, type[BaseRows]] = {
    Section.GOALS: GoalRows,
    Section.STEPS: StepRows,
    Section.LINKS: LinkRows,
    Section.INDICATORS: IndicatorRows,
    Section.ROUNDS: RoundRows,
}


@READ_OR_SEND
@at_own_enterprise
def section(request: HttpRequest, enterprise: Enterprise, part: str) -> HttpResponse:
    """Show one part of the pad, and keep what was typed as a new version."""
    name = Section(part)
    own = get_own_pad(enterprise)
    base, collision, problem, status = own.number, None, "", 200
    form = build_form(name, own.pad, request)
    if request.method == "POST":
        base, status = read_number(request.POST.get("base")), 422
        if form.is_valid():
            try:
                keep(enterprise, Edit(name, form.content(own.pad), base), request)
            except PadCollision as found:
                collision, base, status = found.theirs, found.theirs.number, 409
            except PadRefused as refused:
                problem = say_lack(refused.lack)
            else:
                messages.success(request, _("Kept."))
                again = "more" in request.POST
                return HttpResponseRedirect(request.path if again else reverse(BACK))
    context = {
        "form": form,
        "row_label": ROWS.get(name),
        "part": part,
        "label": SECTIONS[name],
        "base": base,
        "problem": problem,
        "theirs": tell_theirs(collision, name) if collision else None,
    }
    if name is Section.ROUNDS:
        context["indicators"] = list_own_indicators(
            own.pad,
            enterprise,
            today=timezone.localdate(),
            is_owner=request.is_owner,  # type: ignore[attr-defined]
        )
    return at_desk(request, enterprise, "impactpad_section", context, status=status)


BACK = "chain_desk:impactpad"


def build_form(name: Section, pad: Pad, request: HttpRequest) -> Any:
    """Return the form of a part, with what was sent or with what stands there."""
    sent = request.POST if request.method == "POST" else None
    if name in LISTS:
        # What was sent stands alone: beside what another person kept, rows would fall away.
        initial = None if sent else start_rows(pad, name.value)
        return LISTS[name](sent, initial=initial, form_kwargs={"pad": pad}, prefix="r")
    kind = SINGLE[name]
    options = {} if kind is MissionForm else {"pad": pad}
    return kind(sent, initial=kind.initial_of(pad), **options)


def keep(enterprise: Enterprise, edit: Edit, request: HttpRequest) -> None:
    """Keep a part as it was sent."""
    save_section(enterprise=enterprise, edit=edit, user=request.user, now=timezone.now())


def tell_theirs(version: PadVersion, name: Section) -> dict[str, Any]:
    """Return what somebody else made of this part, who and when."""
    told = tell_section(read_pad(version.content), name)
    return {
        "lines": told.lines,
        "saved_by": version.saved_by.name if version.saved_by else "",
        "saved_at": version.saved_at,
    }
