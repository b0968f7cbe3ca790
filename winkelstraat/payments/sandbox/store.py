"""All state in one SQLite file, behind one lock; every request is one transaction."""

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Body = dict[str, Any]

DAY_S = 86_400
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_of_a_kind ON objects (kind, number);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, created REAL NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, path TEXT NOT NULL,
    key TEXT NOT NULL, status INTEGER NOT NULL, replayed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, type TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL,
    last_status INTEGER);
"""


class Store:
    """Objects, remembered answers, webhook deliveries and the clock."""

    def __init__(self, path: Path | str) -> None:
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.executescript(SCHEMA)
        self._depth = 0
        if self.fact("seed") is None:
            self.set_fact("seed", secrets.token_hex(4))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock and write all or nothing; nested use joins the outer one."""
        with self.lock:
            if self._depth:
                yield
                return
            self._depth += 1
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            else:
                self.connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with self.lock:
            return self.connection.execute(sql, values).fetchall()

    def fact(self, name: str) -> str | None:
        """Return one stored setting."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", name)
        return found[0][0] if found else None

    def set_fact(self, name: str, value: str) -> None:
        """Store one setting."""
        self.rows("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    def now(self) -> float:
        """Return the sandbox's own time, in seconds since 1970."""
        return time.time() + float(self.fact("clock_offset") or 0)

    def move_clock(self, seconds: float) -> float:
        """Let time pass; return the new time."""
        offset = float(self.fact("clock_offset") or 0) + seconds
        self.set_fact("clock_offset", repr(offset))
        return self.now()

    def new_id(self, prefix: str) -> str:
        """Return a fresh id: countable within one state file, different between files."""
        number = int(self.fact(f"last_{prefix}") or 0) + 1
        self.set_fact(f"last_{prefix}", str(number))
        return f"{prefix}_{self.fact('seed')}{number:08d}"

    def add(self, kind: str, prefix: str, body: Body) -> Body:
        """Store a new object and return it with id, kind, creation time and mode."""
        whole = {
            "id": self.new_id(prefix),
            "object": kind,
            "created": int(self.now()),
            "livemode": False,
            **body,
        }
        self.rows(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)",
            whole["id"],
            kind,
            whole["created"],
            json.dumps(whole),
        )
        return whole

    def save(self, body: Body) -> Body:
        """Write a changed object back."""
        self.rows("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])
        return body

    def find(self, name: str, kind: str | None = None) -> Body | None:
        """Return an object by its id, or None."""
        found = self.rows("SELECT kind, body FROM objects WHERE id = ?", name)
        if not found or (kind is not None and found[0][0] != kind):
            return None
        body: Body = json.loads(found[0][1])
        return body

    def list(self, kind: str) -> list[Body]:
        """Return every object of a kind, newest first."""
        sql = "SELECT body FROM objects WHERE kind = ? ORDER BY number DESC"
        return [json.loads(body) for (body,) in self.rows(sql, kind)]

    def recall(self, key: str) -> tuple[str, int, str] | None:
        """Return (fingerprint, status, body) remembered for a key in the last 24 hours."""
        self.rows("DELETE FROM answers WHERE created < ?", self.now() - DAY_S)
        found = self.rows("SELECT fingerprint, status, body FROM answers WHERE key = ?", key)
        if not found:
            return None
        fingerprint, status, body = found[0]
        return fingerprint, status, body

    def remember(self, key: str, fingerprint: str, status: int, body: str) -> None:
        """Remember the first answer given under a key."""
        self.rows(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?)", key, fingerprint, status, body, self.now()
        )
