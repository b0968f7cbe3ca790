"""One run in a process of its own, on the database and in the folder that it is given."""

import argparse
import json
import os
import sys
from pathlib import Path

import django

from tests.journeys.street import Street


def main() -> int:
    """Run, print what happened as JSON, and return 1 when a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--purchases", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pause", type=float, default=4, help="seconds between faults")
    parser.add_argument("--fair", action="store_true", help="no faults: the control")
    wish = parser.parse_args()
    folder, database = Path(os.environ["WINKELSTRAAT_DATA_DIR"]), os.environ["DATABASE_URL"]
    street = Street(folder, database)
    os.environ.update(street.environment, TRUSTED_PROXIES="1")
    django.setup()
    from tests.bench.chaos.story import tell

    try:
        story = tell(
            street, purchases=wish.purchases, seed=wish.seed, pause_s=wish.pause, fair=wish.fair
        )
    finally:
        street.stop()
    sys.stdout.write(json.dumps(story, indent=2) + "\n")
    return 1 if story["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
