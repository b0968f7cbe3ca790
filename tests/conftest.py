"""Shared fixtures: the migrated database is made once and cloned for each run."""

from hypothesis import settings

pytest_plugins = ["tests.database", "tests.sandbox"]

# No test fails because the machine was busy.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
