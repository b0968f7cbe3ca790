"""Make a database and a folder, run the storm in them, and clear them away."""

import os
import subprocess
import sys
import tempfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.test")
django.setup()

from tests.database import make_template, migration_digests, run_sql  # noqa: E402
from winkelstraat.settings.embedded import start_server  # noqa: E402
from winkelstraat.settings.environment import DATA_DIR, PROJECT_DIR  # noqa: E402


def main(arguments: list[str]) -> int:
    """Run on a clone of the migrated test database, which is dropped afterwards."""
    name = f"chaos_{os.getpid()}"
    template = make_template(migration_digests())
    run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        with tempfile.TemporaryDirectory() as folder:
            return run_in(folder, start_server(DATA_DIR / "test").get_uri(database=name), arguments)
    finally:
        run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run_in(folder: str, database_url: str, arguments: list[str]) -> int:
    """Run the storm in a process with settings of its own; return its exit code."""
    environment = {
        **os.environ,
        "WINKELSTRAAT_DATA_DIR": folder,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "winkelstraat.settings.demo",
    }
    program = [sys.executable, "-W", "ignore", "-m", "tests.bench.chaos.run", *arguments]
    return subprocess.run(program, env=environment, cwd=PROJECT_DIR, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
