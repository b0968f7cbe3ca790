"""Celery's messages in a folder, each put there whole.

Kombu's own file transport opens a message under its final name and then writes it; a
worker that looks in between takes an empty file and dies of it. Here a message is
written under another name first and renamed, which the file system does at once.
"""

import json
import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    """The file transport's channel with a safe way to put."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Put one message into the folder."""
        moment = round(time.monotonic() * 1000)
        final = Path(self.data_folder_out) / f"{moment}_{uuid.uuid4()}.{queue}.msg"
        draft = final.with_name(f"{final.name}.draft")
        draft.write_text(json.dumps(payload))
        os.replace(draft, final)


class Transport(filesystem.Transport):
    """What the setting ``CELERY_BROKER_TRANSPORT`` names."""

    Channel = Channel
