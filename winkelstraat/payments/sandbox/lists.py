"""Lists as Stripe gives them: newest first, narrowed, with cursors."""

from typing import Any

from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import PLATFORM, Body, Store

COMPARISONS = {"gte": ">=", "lte": "<=", "gt": ">", "lt": "<"}
LONGEST = 100


def page_objects(
    store: Store, kind: str, params: Params, url: str, *names: str, **more: Any
) -> Body:
    """Return a page of the objects whose named fields equal the parameters given.

    `account` chooses whose objects; `where` with `values` narrows further.
    """
    equals = {name: params[name] for name in names if name in params}
    where, values = f"{more.get('where', '')} ", list(more.get("values", []))
    for name, bound in _ranges(params, "created", "created"):
        where += name
        values.append(bound)
    if "arrival_date" in params:
        for name, bound in _ranges(params, "arrival_date", "json_extract(body, '$.arrival_date')"):
            where += name
            values.append(bound)
    limit = read_limit(params)
    backwards = "ending_before" in params
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            where += f" AND number {sign} ?"
            values.append(_number_of(store, "objects", str(params[name]), name))
    account = more.get("account", PLATFORM)
    found = store.select(
        kind,
        equals=equals,
        where=where,
        values=values,
        account=account,
        limit=limit + 1,
        backwards=backwards,
    )
    if backwards:
        return as_page(found[:limit][::-1], len(found) > limit, url)
    return as_page(found[:limit], len(found) > limit, url)


def _ranges(params: Params, name: str, column: str) -> list[tuple[str, int]]:
    """Return SQL and value for each bound of a moment."""
    if name not in params:
        return []
    wish = params[name] if isinstance(params[name], dict) else {"gte": params[name]}
    if not isinstance(params[name], dict):
        wish["lte"] = params[name]
    try:
        return [(f" AND {column} {COMPARISONS[word]} ?", int(wish[word])) for word in wish]
    except (KeyError, ValueError):
        raise ApiError(400, f"Invalid {name}.", param=name) from None


def _number_of(store: Store, table: str, cursor: str, param: str) -> int:
    found = store.rows(f"SELECT number FROM {table} WHERE id = ?", cursor)  # noqa: S608
    if not found:
        raise ApiError(400, f"No such object: '{cursor}'", code="resource_missing", param=param)
    return int(found[0][0])


def read_limit(params: Params) -> int:
    """Return how many are wanted: 10, or 1 to 100.

    :raises ApiError: 400 for anything else.
    """
    wish = str(params.get("limit", 10))
    if not wish.isdigit() or not 1 <= int(wish) <= LONGEST:
        raise ApiError(400, f"Invalid limit: {wish}; it must be 1 to {LONGEST}.", param="limit")
    return int(wish)


def as_page(objects: list[Body], has_more: bool, url: str) -> Body:
    """Return a list as Stripe shows it."""
    return {"object": "list", "data": objects, "has_more": has_more, "url": url}


def entry_bounds(store: Store, params: Params) -> tuple[str, list[Any]]:
    """Return SQL and values that narrow a list of balance transactions."""
    where, values = "", []
    for name in ("source", "type", "payout"):
        if name in params:
            where += f" AND {name} = ?"
            values.append(params[name])
    for name, bound in _ranges(params, "created", "created"):
        where += name
        values.append(bound)
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            where += f" AND number {sign} ?"
            values.append(_number_of(store, "entries", str(params[name]), name))
    return where, values
