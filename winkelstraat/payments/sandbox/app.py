"""Put the API, the pay page and the console together."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, request

from winkelstraat.payments.sandbox import api_accounts, endpoints
from winkelstraat.payments.sandbox.admin import admin
from winkelstraat.payments.sandbox.api import api
from winkelstraat.payments.sandbox.api_treasury import treasury
from winkelstraat.payments.sandbox.console import console
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.onboarding import onboarding
from winkelstraat.payments.sandbox.paypage import pages
from winkelstraat.payments.sandbox.store import Store


def create_app(state: Path | str, seed: str = "") -> Flask:
    """Return the sandbox over one state file; a new one gives its ids the `seed`."""
    app = Flask(__name__)
    app.config["BUSY_KEYS"] = set()
    store = app.config["STORE"] = Store(state, seed)
    with store.transaction():
        for name in endpoints.NAMES:
            endpoints.get(store, name)
    calls = (api, treasury, api_accounts.v1, api_accounts.v2)
    for blueprint in (*calls, pages, onboarding, admin, console):
        app.register_blueprint(blueprint)

    @app.before_request
    def refuse_strangers() -> None:
        """Let no page of another site press a button of the console."""
        origin = urlsplit(request.headers.get("Origin", "")).netloc
        if request.path.startswith("/admin/") and origin and origin != request.host:
            abort(403)

    @app.get("/healthz")
    def health() -> Response:
        """Say that the sandbox stands."""
        return jsonify(status="ok", now=app.config["STORE"].now())

    @app.errorhandler(404)
    def unknown(_error: Exception) -> tuple[Response, int]:
        """Refuse an address that the sandbox does not know, in Stripe's shape."""
        refusal = ApiError(404, "Unrecognized request URL.")
        return jsonify(refusal.as_json()), 404

    return app
