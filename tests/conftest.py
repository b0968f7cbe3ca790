"""Shared fixtures: the migrated database is made once and cloned for each run."""

pytest_plugins = ["tests.database", "tests.sandbox"]
