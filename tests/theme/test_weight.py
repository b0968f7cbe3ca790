"""What a page's styling and scripts weigh once they are compressed."""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.theme.files import SCRIPTS, STYLES
from winkelstraat.common.styles import join_layers

KILOBYTE = 1000


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=9))


def test_all_styling_stays_under_twenty_kilobytes() -> None:
    assert compressed(join_layers(STYLES).encode()) < 20 * KILOBYTE


def test_all_scripts_of_a_page_stay_under_twenty_five_kilobytes() -> None:
    htmx = finders.find("django_htmx/htmx-2.min.js")
    assert htmx is not None
    scripts = [Path(htmx), *sorted(SCRIPTS.glob("*.js"))]

    assert len(scripts) > 1
    assert sum(compressed(path.read_bytes()) for path in scripts) < 25 * KILOBYTE
