"""Put the API, the pay page and the console together."""

from pathlib import Path

from flask import Flask, Response, jsonify

from winkelstraat.payments.sandbox import api_accounts, endpoints
from winkelstraat.payments.sandbox.admin import admin
from winkelstraat.payments.sandbox.api import api
from winkelstraat.payments.sandbox.api_treasury import treasury
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
    for blueprint in (api, treasury, api_accounts.v1, api_accounts.v2, pages, onboarding, admin):
        app.register_blueprint(blueprint)

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
