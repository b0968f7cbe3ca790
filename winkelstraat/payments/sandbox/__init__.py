"""A Stripe that runs offline: a stateful double over HTTP with a pay page.

It stands alone, imports nothing of the project, and keeps its state in one SQLite file,
so that it survives a restart as the real one does. ``README.md`` says what it enforces
and what it does not know.
"""

from winkelstraat.payments.sandbox.app import create_app

__all__ = ["create_app"]
