"""The conditions that the rule table names: does a hit stand with what is known beside it?

Each takes the normalised text, the hit and the context, and returns True when the rule
is broken.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from winkelstraat.common.claims.facts import Context, Scope
from winkelstraat.common.claims.words import digest_of, normalise

Condition = Callable[[str, "re.Match[str] | None", Context], bool]

FACTOR_SET_LIFE_DAYS = 730
PLAN_LIFE_DAYS = 366
LEAST_PROBABILITY_PERCENT = 95
ORGANIC_BODY = re.compile(r"^[A-Z]{2}-(BIO|ÖKO|ORG)-\d{2,3}\b")
MEAL_CONVENTION = re.compile(r"0[.,]42")
NET_OR_INTERVAL = re.compile(r"\bnetto\b.*\btussen\b|\btussen\b.*\bnetto\b")
NAMED_JOB = re.compile(r"\b(personen|mensen|fte ?\d*|voltijdba\w+|banenafspraakba\w+)")
NAMED_PERIOD = re.compile(r"\b20\d\d\b")
NAMED_BASELINE = re.compile(r"\bnetto\b|\bnulmeting\b|\bmeer dan in 20\d\d\b|\berbij sinds\b")


def _has(context: Context, *kinds: str) -> bool:
    return any(one.kind in kinds and one.holds(context.today) for one in context.evidence)


def _is_specified(text: str, context: Context) -> bool:
    return any(normalise(one) in text for one in context.specifications if one.strip())


def lacks_specification_or_excellence(
    text: str, hit: "re.Match[str] | None", context: Context
) -> bool:
    """A general word needs its meaning beside it, or recognised excellent performance."""
    return not (_is_specified(text, context) or _has(context, "excellent_performance"))


def lacks_both_sides(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """A word that says all is well needs its meaning, and proof on people and environment."""
    both = _has(context, "environmental", "excellent_performance") and _has(context, "social")
    return not (_is_specified(text, context) and both)


def rests_on_another_scope(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """What is proven of a part, an activity or a company is not proven of the product."""
    if context.scope is None:
        return False
    return any(one.scope is not context.scope for one in context.evidence)


def rests_on_an_offset(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """A lower emission may not rest on paying elsewhere."""
    return any(one.has_offset for one in context.evidence)


def lacks_a_label(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """A mark needs a label of the registry that holds; a text alone never has one."""
    labels = [picture.label for picture in context.pictures if picture.label]
    return not labels or not all(label.holds(context.today) for label in labels)


def lacks_a_plan(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """A promise needs a public plan with dated steps, means, and a recent outside check."""
    if hit is not None and int(hit.group("year")) <= context.today.year:
        return False
    plan = context.plan
    if plan is None or plan.verified_on is None:
        return True
    is_told = plan.url and plan.interim_targets and plan.resources and plan.verifier
    return not is_told or not _is_recent(plan.verified_on, PLAN_LIFE_DAYS, context.today)


def lacks_a_comparison(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """Compare like with like, by name, by a method, and only when it is likely true."""
    found = context.comparison
    if found is None:
        return True
    is_alike = (
        found.is_same_unit
        and found.is_same_database
        and found.is_same_stage
        and found.is_same_period
    )
    is_sure = found.probability_percent >= LEAST_PROBABILITY_PERCENT
    return not (is_alike and is_sure and found.reference and found.method_url)


def lacks_a_result(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """A number needs its calculation, not superseded, with factors of the last 24 months."""
    found = context.result
    if found is None or not found.calculation_id or found.is_superseded:
        return True
    is_expired = found.valid_until is not None and found.valid_until < context.today
    is_fresh = _is_recent(found.factor_set_published_on, FACTOR_SET_LIFE_DAYS, context.today)
    return is_expired or not is_fresh or not all(e.holds(context.today) for e in context.evidence)


def lacks_a_near_origin(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """Near needs a named ground, and traced mass that reaches the declared share."""
    found = context.origin
    return found is None or not found.ground or found.traced_permille < found.declared_permille


def lacks_an_organic_certificate(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """Organic food needs the code of a control body and a certificate in date."""
    if not context.is_food:
        return False
    return not any(
        one.kind == "organic"
        and one.valid_until is not None
        and one.holds(context.today)
        and ORGANIC_BODY.match(one.reference)
        for one in context.evidence
    )


def hides_the_convention(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """Rescued food shows kilos a meal, or the net and its interval, beside the headline."""
    is_meal = hit is not None and re.search("maaltijden|meals", hit.group())
    told = MEAL_CONVENTION.search(text) if is_meal else NET_OR_INTERVAL.search(text)
    return told is None or lacks_a_result(text, hit, context)


def hides_what_a_job_is(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """Jobs name their unit, their period, and what was there before."""
    return not all(one.search(text) for one in (NAMED_JOB, NAMED_PERIOD, NAMED_BASELINE))


def is_edited_after_approval(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """An approved text that was changed is a new text."""
    return context.approved_digest is not None and digest_of(text) != context.approved_digest


def lacks_an_indicator(text: str, hit: "re.Match[str] | None", context: Context) -> bool:
    """An SDG stands beside a company's statement with an indicator."""
    return not any(
        one.kind == "sdg_indicator" and one.scope is Scope.ENTERPRISE and one.holds(context.today)
        for one in context.evidence
    )


def _is_recent(day: date, life_days: int, today: date) -> bool:
    return today - timedelta(days=life_days) <= day <= today


CONDITIONS: dict[str, Condition] = {
    condition.__name__: condition
    for condition in (
        lacks_specification_or_excellence,
        lacks_both_sides,
        rests_on_another_scope,
        rests_on_an_offset,
        lacks_a_label,
        lacks_a_plan,
        lacks_a_comparison,
        lacks_a_result,
        lacks_a_near_origin,
        lacks_an_organic_certificate,
        hides_the_convention,
        hides_what_a_job_is,
        is_edited_after_approval,
        lacks_an_indicator,
    )
}
