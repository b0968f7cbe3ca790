"""Run the sandbox: ``python -m winkelstraat.payments.sandbox --port 8001 --state FILE``."""

import argparse
import logging

from werkzeug.serving import make_server

from winkelstraat.payments.sandbox import checkout, money
from winkelstraat.payments.sandbox.app import create_app
from winkelstraat.payments.sandbox.store import Store
from winkelstraat.payments.sandbox.webhooks import Postman


def main() -> None:
    """Serve until the process is ended."""
    options = read_options()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    app = create_app(options.state)
    store: Store = app.config["STORE"]

    def chores() -> None:
        checkout.sweep_sessions(store)
        checkout.answer_owed(store)
        money.book_fees(store)

    Postman(store, options.webhook, options.webhook_secret, chores).start()
    server = make_server(options.host, options.port, app, threaded=True)
    print(f"Sandbox on http://{options.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m winkelstraat.payments.sandbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--state", default=".data/sandbox.sqlite3", help="the file that remembers")
    parser.add_argument("--webhook", default="", help="where reports go; empty sends none")
    parser.add_argument("--webhook-secret", default="whsec_demo")
    return parser.parse_args()


if __name__ == "__main__":
    main()
