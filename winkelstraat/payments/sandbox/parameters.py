"""Read form-encoded parameters and hold them against the SDK's own types.

stripe-python ships a TypedDict for every call. A name that it does not know is refused
here as Stripe refuses it, so a test cannot pass with a parameter that does not exist.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any

from stripe._request_options import RequestOptions

from winkelstraat.payments.sandbox import calls
from winkelstraat.payments.sandbox.errors import ApiError

Params = dict[str, Any]

# Options of the SDK's call, never sent as parameters.
OPTIONS = frozenset(RequestOptions.__annotations__)


def parse_form(pairs: Iterable[tuple[str, str]]) -> Params:
    """Return nested parameters from pairs such as ``line_items[0][quantity]=1``."""
    tree: Params = {}
    for name, value in pairs:
        steps = re.findall(r"[^\[\]]+", name)
        place = tree
        for step in steps[:-1]:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise ApiError(400, f"Invalid parameter: {name}", param=name)
        if name.endswith("[]"):
            place[steps[-1]] = {
                **place.get(steps[-1], {}),
                str(len(place.get(steps[-1], {}))): value,
            }
        else:
            place[steps[-1]] = value
    lists: Params = _as_lists(tree)
    return lists


def _as_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_as_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _as_lists(inner) for key, inner in value.items()}


def check_params(call: str, params: Params) -> None:
    """Refuse what the SDK's type for this call does not know, or misses.

    :raises ApiError: 400 with Stripe's code `parameter_unknown` or `parameter_missing`.
    """
    if call.startswith("v2.") and call.endswith(".list"):
        # Version 2 puts it into the address of the next page; nobody sends it by himself.
        params = {name: value for name, value in params.items() if name != "page"}
    _check(calls.CALLS[call], params, "")


def _check(typed: type, params: Params, path: str) -> None:
    known: dict[str, Any] = {}
    for base in reversed(typed.__mro__):
        known.update(getattr(base, "__annotations__", {}))
    for name, value in params.items():
        full = f"{path}[{name}]" if path else name
        if name not in known or name in OPTIONS:
            raise ApiError(
                400, f"Received unknown parameter: {full}", code="parameter_unknown", param=full
            )
        _check_choice(known[name], value, full)
        inner = _inner_type(typed, known[name])
        if inner is not None:
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    _check(inner, item, full)
    for name in sorted(getattr(typed, "__required_keys__", ())):
        if name not in params and name not in OPTIONS:
            full = f"{path}[{name}]" if path else name
            raise ApiError(
                400, f"Missing required param: {full}.", code="parameter_missing", param=full
            )


def _check_choice(annotation: Any, value: Any, full: str) -> None:
    """Refuse a word that is not among those to which the SDK's type is closed."""
    text = str(annotation)
    listed = re.findall(r"Literal\[([^\]]*)\]", text)
    rest = re.sub(r"Literal\[[^\]]*\]", "", text)
    if not listed or re.search(r"\b(str|int|float|bool|Dict)\b|Params", rest):
        return
    allowed = re.findall(r"['\"]([^'\"]*)['\"]", ", ".join(listed))
    for word in value if isinstance(value, list) else [value]:
        if isinstance(word, str) and word not in allowed:
            raise ApiError(
                400,
                f"Invalid {full}: must be one of {', '.join(allowed[:20])}",
                code="parameter_invalid_string",
                param=full,
            )


def _inner_type(typed: type, annotation: Any) -> type | None:
    """Return the TypedDict named inside an annotation, which is a forward reference."""
    module = vars(sys.modules[typed.__module__])
    for word in re.findall(r"\w+", str(annotation)):
        found = module.get(word)
        if isinstance(found, type) and hasattr(found, "__required_keys__"):
            return found
    return None


def whole_number(params: Params, name: str, *, least: int = 0) -> int:
    """Return a parameter as an integer.

    :raises ApiError: 400 when it is no integer or too small.
    """
    try:
        number = int(params[name])
    except (KeyError, TypeError, ValueError):
        raise ApiError(
            400,
            f"Invalid integer: {params.get(name)}",
            code="parameter_invalid_integer",
            param=name,
        ) from None
    if number < least:
        raise ApiError(
            400,
            f"This value must be greater than or equal to {least}.",
            code="parameter_invalid_integer",
            param=name,
        )
    return number
