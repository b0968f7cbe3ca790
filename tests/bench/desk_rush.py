"""A minute of thirty helpers and buyers at one product, with and without what they saw.

Run by hand: ``python -m tests.bench.desk_rush [seconds]``. It works on a fresh clone of the
migrated test database, which is dropped afterwards.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.test")
django.setup()

from tests.bench.catalogue import scratch_database  # noqa: E402
from tests.shop.rush import hold_rush  # noqa: E402
from tests.shop.test_desk_rush import holds  # noqa: E402


def main(seconds: float) -> None:
    """Print what was done and what holds, the control last."""
    for blind in (False, True):
        with scratch_database():
            outcome = hold_rush(seconds=seconds, blind=blind)
        print("\nnobody says what he saw (control)" if blind else f"\n{seconds:.0f} seconds")
        print("  ", dict(sorted(outcome.rush.done.items())))
        print("   stock seen wrong:", outcome.rush.seen_wrong or "never")
        print("   errors:", outcome.rush.errors or "none")
        for name, is_so in holds(outcome).items():
            print(f"   {name}: {'yes' if is_so else 'NO'}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
