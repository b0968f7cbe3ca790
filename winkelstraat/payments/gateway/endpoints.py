"""Where Stripe sends its reports, as it knows it."""

from dataclasses import dataclass
from typing import Any

from winkelstraat.payments.gateway.client import ask, client


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that receives reports, and the version they are written in."""

    url: str
    api_version: str


def list_endpoints() -> list[Endpoint]:
    """Return the endpoints for reports in version 1."""
    api = client().v1.webhook_endpoints
    params: Any = {"limit": 100}
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    return [Endpoint(one.url, one.api_version or "") for one in found if one.status == "enabled"]
