"""A message in the folder is whole from the moment it is there."""

from contextlib import suppress
from pathlib import Path
from queue import Empty
from threading import Thread
from typing import Any

from kombu import Connection

COUNT = 400


def test_a_reader_never_meets_a_half_written_message(tmp_path: Path) -> None:
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = {**folders, "control_folder": str(tmp_path / "control"), "polling_interval": 0.01}
    connection = Connection(
        "filesystem://",
        transport="winkelstraat.common.file_broker:Transport",
        transport_options=options,
    )
    channel = connection.channel()

    def write() -> None:
        writer = connection.clone().channel()
        for number in range(COUNT):
            writer._put("post", {"number": number})

    thread = Thread(target=write)
    thread.start()
    read: set[int] = set()
    while thread.is_alive():
        take_all(channel, read)
    take_all(channel, read)
    assert read == set(range(COUNT))


def take_all(channel: Any, read: set[int]) -> None:
    """Take messages until there are none."""
    with suppress(Empty):
        while True:
            read.add(channel._get("post")["number"])
