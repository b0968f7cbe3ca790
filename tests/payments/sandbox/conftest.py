"""A sandbox that several tests share, and one of its own for whoever counts cents."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.payments.sandbox.till import Till, client, session_params
from tests.sandbox import Sandbox
from winkelstraat.payments.sandbox import create_app


@pytest.fixture
def api(sandbox: Sandbox) -> Any:
    """Version 1 of the shared sandbox's API."""
    return client(sandbox.address).v1


@pytest.fixture
def charge(api: Any, sandbox: Sandbox) -> Any:
    """A charge of ten euros in the shared sandbox."""
    session = api.checkout.sessions.create(session_params())
    sandbox.act(session.id, "pay")
    expand = {"expand": ["payment_intent.latest_charge"]}
    return api.checkout.sessions.retrieve(session.id, expand).payment_intent.latest_charge


@pytest.fixture
def till() -> Iterator[Till]:
    """A sandbox of its own, empty, in a thread; only the clock lets things happen."""
    app = create_app(":memory:", seed="till")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    whole = client(address)
    yield Till(whole.v1, Sandbox(address), whole, app.config["STORE"], app.config["BUSY_KEYS"])
    server.shutdown()
    server.server_close()
