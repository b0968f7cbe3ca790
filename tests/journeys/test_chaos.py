"""A short storm over the whole street: whatever happens, every promise is kept.

The long one is run by hand: ``python -m tests.bench.chaos --purchases 1000``.
"""

import os
import subprocess
import sys

from winkelstraat.settings.environment import PROJECT_DIR


def test_after_a_short_storm_every_cent_every_mail_and_every_thing_is_where_it_should_be() -> None:
    storm = [sys.executable, "-W", "ignore", "-m", "tests.bench.chaos"]
    wish = ["--purchases", "24", "--seed", "5", "--pause", "2"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "winkelstraat.settings.test"}
    done = subprocess.run(
        [*storm, *wish],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert '"broken": []' in done.stdout
    assert '"refund"' in done.stdout, "a storm in which nothing was given back proves little"
