"""Run the sandbox: ``python -m winkelstraat.payments.sandbox --port 8001 --state FILE``."""

import argparse
import logging

from werkzeug.serving import make_server

from winkelstraat.payments.sandbox import endpoints
from winkelstraat.payments.sandbox.app import create_app
from winkelstraat.payments.sandbox.postman import Clockwork, Postman
from winkelstraat.payments.sandbox.store import Store


def main() -> None:
    """Serve until the process is ended."""
    options = read_options()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    app = create_app(options.state, options.seed)
    store: Store = app.config["STORE"]
    urls = (options.webhook, options.connect_webhook, options.thin_webhook)
    secrets = (options.webhook_secret, options.connect_secret, options.thin_secret)
    for name, url, secret in zip(endpoints.NAMES, urls, secrets, strict=True):
        with store.transaction():
            endpoints.configure(store, name, url, secret)
        Postman(store, name, options.carriers).start()
    Clockwork(store).start()
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
    parser.add_argument("--seed", default="", help="in every id, so that two runs give the same")
    parser.add_argument("--webhook", default="", help="where reports go; empty sends none")
    parser.add_argument("--webhook-secret", default="whsec_demo")
    parser.add_argument("--connect-webhook", default="", help="where connected accounts' go")
    parser.add_argument("--connect-secret", default="whsec_connect_demo")
    parser.add_argument("--thin-webhook", default="", help="where version 2's thin events go")
    parser.add_argument("--thin-secret", default="whsec_thin_demo")
    parser.add_argument(
        "--carriers", type=int, default=1, help="reports under way at once; above 1 they overtake"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
