"""A migrated template database, kept as long as no migration changes.

Migrating Oscar, Wagtail and ourselves takes half a minute; cloning the result takes
a fifth of a second. The template's name is a digest of every migration's text, so a
changed migration makes a new one, grown from an older one where that still fits.
Each test process gets a clone of its own, and another one after every test that
committed: the ledger refuses to be emptied, and what migrations wrote stays.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from fasteners import InterProcessLock

from winkelstraat.settings.environment import DATA_DIR

PROJECT_DIR = Path(__file__).resolve().parents[1]
LIBRARIES = ("django", "wagtail", "django-oscar", "django-allauth")


def migration_digests() -> dict[str, str]:
    """Return the digest of every migration file of ours and the version of every library."""
    digests = {library: version(library) for library in LIBRARIES}
    for package in ("winkelstraat", "dorpen", "ketens"):
        for path in sorted((PROJECT_DIR / package).rglob("migrations/*.py")):
            name = str(path.relative_to(PROJECT_DIR))
            digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return digests


def template_name(digests: dict[str, str]) -> str:
    """Return the name of the template that fits these migrations."""
    text = json.dumps(digests, sort_keys=True)
    return f"template_{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def make_template(digests: dict[str, str]) -> str:
    """Create and migrate the template unless another process already has; return its name.

    The lock is a file: one in the database would go with the connection that is closed
    to migrate another database.
    """
    name = template_name(digests)
    making = f"{name}_making"
    with InterProcessLock(DATA_DIR / "template.lock"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            known = cursor.fetchone() is not None
        if not known:
            base = find_base(digests)
            run_sql(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
            run_sql(f'CREATE DATABASE "{making}"' + (f' TEMPLATE "{base}"' if base else ""))
            with using_database(making):
                call_command("migrate", verbosity=0, interactive=False)
            run_sql(
                f'ALTER DATABASE "{making}" RENAME TO "{name}"',
                f"COMMENT ON DATABASE \"{name}\" IS '{json.dumps(digests)}'",
            )
    return name


def find_base(digests: dict[str, str]) -> str | None:
    """Return a template whose every migration is still here unchanged, the fullest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname LIKE 'template\\_%%' AND datname NOT LIKE '%%_making'"
        )
        found = [(name, json.loads(comment)) for name, comment in cursor.fetchall() if comment]
    usable = [(len(known), name) for name, known in found if known.items() <= digests.items()]
    return max(usable)[1] if usable else None


def run_sql(*statements: str) -> None:
    """Run statements one by one outside a transaction."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class using_database:  # noqa: N801 - reads as a verb where it is used
    """Point Django's default connection at another database of the same server."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.before = settings.DATABASES["default"]["NAME"]
        self._switch(self.name)

    def __exit__(self, *_exc: object) -> None:
        self._switch(self.before)

    @staticmethod
    def _switch(name: str) -> None:
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = name
        connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give this process a fresh clone of the template, dropped at the end."""
    clone = f"test_{os.getpid()}"
    home = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        template = make_template(migration_digests())

        def clone_anew(_test_case: object = None) -> None:
            with using_database(home):
                run_sql(
                    f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)',
                    f'CREATE DATABASE "{clone}" TEMPLATE "{template}"',
                )

        patch.setattr(TransactionTestCase, "_fixture_teardown", clone_anew)
        clone_anew()
        with using_database(clone):
            yield
        run_sql(f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)')
