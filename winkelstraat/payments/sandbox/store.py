"""All state in one SQLite file, behind one lock; every request is one transaction."""

import contextlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from winkelstraat.payments.sandbox.schema import INDEXED, SCHEMA, VERSION

Body = dict[str, Any]

DAY_S = 86_400
PLATFORM = ""


class Store:
    """Objects, remembered answers, webhook deliveries, tasks to come and the clock."""

    def __init__(self, path: Path | str, seed: str = "") -> None:
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            _set_aside_old(Path(path))
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(
            str(path), check_same_thread=False, isolation_level=None, cached_statements=512
        )
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.executescript(SCHEMA)
        self.connection.execute(f"PRAGMA user_version = {VERSION}")
        self._depth = 0
        self._moment = threading.local()
        if self.fact("seed") is None:
            self.set_fact("seed", seed or secrets.token_hex(4))

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

    def empty(self) -> None:
        """Forget everything and begin again with other ids; the clock is right again."""
        for table in ("objects", "entries", "agenda", "answers", "draws", "requests", "deliveries"):
            self.rows(f"DELETE FROM {table}")  # noqa: S608 - our own tables
        self.rows("DELETE FROM facts")
        self.set_fact("seed", secrets.token_hex(4))

    def fact(self, name: str) -> str | None:
        """Return one stored setting."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", name)
        return found[0][0] if found else None

    def set_fact(self, name: str, value: str) -> None:
        """Store one setting."""
        self.rows("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    def now(self) -> float:
        """Return the sandbox's own time, in seconds since 1970."""
        pretended: float | None = getattr(self._moment, "value", None)
        if pretended is not None:
            return pretended
        stopped = self.fact("clock_stopped_at")
        base = float(stopped) if stopped else time.time()
        return base + float(self.fact("clock_offset") or 0)

    def stop_clock(self, *, stopped: bool) -> None:
        """Let the clock stand still, moved by hand only, or let it run again."""
        self.set_fact("clock_stopped_at", repr(time.time()) if stopped else "")

    @contextmanager
    def at(self, moment: float) -> Iterator[None]:
        """Let this thread believe for a while that it is `moment`."""
        self._moment.value = moment
        try:
            yield
        finally:
            self._moment.value = None

    def move_clock(self, seconds: float) -> float:
        """Let time pass; return the new time. A clock set back takes waiting post with it."""
        offset = float(self.fact("clock_offset") or 0) + seconds
        self.set_fact("clock_offset", repr(offset))
        if seconds < 0:
            self.rows(
                "UPDATE deliveries SET next_at = next_at + ? WHERE state = 'waiting'", seconds
            )
        return self.now()

    def plan(self, due: float, task: str, subject: str) -> None:
        """Put a task on the agenda; the same task at the same moment is planned once."""
        self.rows(
            "INSERT OR IGNORE INTO agenda (due, task, subject) VALUES (?, ?, ?)", due, task, subject
        )

    def cancel_plan(self, task: str, subject: str) -> None:
        """Take a task off the agenda."""
        self.rows("DELETE FROM agenda WHERE task = ? AND subject = ?", task, subject)

    def new_id(self, prefix: str) -> str:
        """Return a fresh id: countable within one state file, different between files."""
        number = int(self.fact(f"last_{prefix}") or 0) + 1
        self.set_fact(f"last_{prefix}", str(number))
        return f"{prefix}_{self.fact('seed')}{number:08d}"

    def add(self, kind: str, prefix: str, body: Body, *, account: str = PLATFORM) -> Body:
        """Store a new object and return it with id, kind, creation time and mode."""
        whole = {
            "id": self.new_id(prefix),
            "object": kind,
            "created": int(self.now()),
            "livemode": False,
            **body,
        }
        self.insert(whole, account=account)
        return whole

    def insert(self, whole: Body, *, account: str = PLATFORM, created: int | None = None) -> None:
        """Store an object that has its id already."""
        self.rows(
            "INSERT INTO objects (id, kind, account, created, body) VALUES (?, ?, ?, ?, ?)",
            whole["id"],
            whole["object"],
            account,
            whole["created"] if created is None else created,
            json.dumps(whole),
        )

    def save(self, body: Body) -> Body:
        """Write a changed object back."""
        self.rows("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])
        return body

    def find(
        self, name: str, kind: str | None = None, *, account: str | None = None
    ) -> Body | None:
        """Return an object by its id, or None; of one account only when that is given."""
        found = self.rows("SELECT kind, account, body FROM objects WHERE id = ?", name)
        if not found or (kind is not None and found[0][0] != kind):
            return None
        if account is not None and found[0][1] != account:
            return None
        body: Body = json.loads(found[0][2])
        return body

    def owner(self, name: str) -> str:
        """Return the account that an object belongs to; the platform's is empty."""
        found = self.rows("SELECT account FROM objects WHERE id = ?", name)
        return str(found[0][0]) if found else PLATFORM

    def select(
        self,
        kind: str,
        *,
        equals: Body | None = None,
        where: str = "",
        values: Any = (),
        **more: Any,
    ) -> list[Body]:
        """Return objects of a kind whose named fields have these values, newest first.

        `account`, `limit` and raw SQL (`where` with `values`) narrow it further; the names
        in `equals` come from our own code, never from a caller.
        """
        sql, bound = ["SELECT body FROM objects WHERE kind = ?"], [kind]
        if "account" in more:
            sql.append("AND account = ?")
            bound.append(more["account"])
        for name, value in (equals or {}).items():
            sql.append(f"AND {INDEXED.format(name=name)} = ?")
            bound.append(value)
        order = "ASC" if more.get("backwards") else "DESC"
        sql.append(f"{where} ORDER BY number {order} LIMIT ?")
        bound += [*values, more.get("limit", -1)]
        return [json.loads(body) for (body,) in self.rows(" ".join(sql), *bound)]

    def recall(self, key: str) -> tuple[str, int, str] | None:
        """Return (fingerprint, status, body) remembered for a key: a day in v1, 30 in v2."""
        for version, days in (("v1|%", 1), ("v2|%", 30)):
            self.rows(
                "DELETE FROM answers WHERE created < ? AND key LIKE ?",
                self.now() - days * DAY_S,
                version,
            )
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


def _set_aside_old(path: Path) -> None:
    """Keep a file of another version under another name and begin again."""
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(str(path))) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if version != VERSION:
        path.replace(path.with_suffix(f".version{version}"))
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
