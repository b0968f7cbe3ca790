"""Where reports go: one address for the platform, one for its accounts, one for v2.

Each has a secret of its own. Stripe keeps the first two as webhook endpoints and the
third as an event destination; we show them in the same way.
"""

import datetime

import stripe

from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.store import Body, Store

NAMES = ("platform", "connect", "thin")
WHAT_FOR = {
    "platform": "Events of the platform itself",
    "connect": "Events of connected accounts",
    "thin": "Thin events of version 2",
}


def configure(store: Store, name: str, url: str = "", secret: str = "") -> None:
    """Set the address and the secret of an endpoint; an empty address receives nothing.

    :raises ApiError: 404 for a name that is none of the three.
    """
    if name not in NAMES:
        raise ApiError(404, f"Choose one of {', '.join(NAMES)}.")
    endpoint: Body = {
        "id": f"we_{store.fact('seed')}{name}",
        "object": "webhook_endpoint" if name != "thin" else "v2.core.event_destination",
        "api_version": stripe.api_version,
        "application": None,
        "created": int(store.now()),
        "description": WHAT_FOR[name],
        "enabled_events": ["*"],
        "livemode": False,
        "metadata": {},
        "status": "enabled",
        "url": url,
    }
    if store.find(endpoint["id"]) is None:
        store.insert(endpoint)
    else:
        store.save(endpoint)
    store.set_fact(f"secret_{name}", secret)


def address_of(store: Store, name: str) -> str:
    """Return where an endpoint's reports go."""
    return str(get(store, name)["url"])


def secret_of(store: Store, name: str) -> str:
    """Return the secret that signs an endpoint's reports."""
    return store.fact(f"secret_{name}") or ""


def get(store: Store, name: str) -> Body:
    """Return an endpoint by its name."""
    found = store.find(f"we_{store.fact('seed')}{name}")
    if found is None:
        configure(store, name)
        return get(store, name)
    return found


def as_destination(endpoint: Body) -> Body:
    """Return the thin endpoint as version 2 shows it."""
    return {
        "id": endpoint["id"],
        "object": "v2.core.event_destination",
        "created": iso(endpoint["created"]),
        "description": endpoint["description"],
        "enabled_events": endpoint["enabled_events"],
        "event_payload": "thin",
        "events_from": ["self"],
        "livemode": False,
        "metadata": {},
        "name": "thin",
        "status": endpoint["status"],
        "type": "webhook_endpoint",
        "updated": iso(endpoint["created"]),
        "webhook_endpoint": {"url": endpoint["url"]},
    }


def iso(moment: float) -> str:
    """Return a moment as version 2 writes it."""
    when = datetime.datetime.fromtimestamp(int(moment), tz=datetime.UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")
