"""Serve the layers of the theme's styling as one file, ``css/street.css``.

The browser asks once; editors keep one small file a component. There is no build: the
finder writes the joined file into the data folder when it is asked for, and
``collectstatic`` takes it from there like any other static file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

# Named out here, because the class below has a method called `list`.
Complaints = list[CheckMessage]

JOINED = "css/street.css"
FIRST = ("tokens.css", "base.css", "layout.css")


def list_layers(folder: Path) -> Iterator[Path]:
    """Yield the theme's files in the order of their layers."""
    for name in FIRST:
        yield folder / name
    yield from sorted((folder / "components").glob("*.css"))


def join_layers(folder: Path) -> str:
    """Return all layers as one text."""
    return "\n".join(path.read_text() for path in list_layers(folder))


class JoinedStylesFinder(BaseFinder):
    """Find the one joined file."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.source = settings.PROJECT_DIR / "themes" / "dorp" / "static" / "css"
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the joined file lies, written anew."""
        if path != JOINED:
            return []
        target = self._write()
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the joined file for ``collectstatic``."""
        self._write()
        yield JOINED, self.storage

    def check(self, **kwargs: Any) -> Complaints:
        """Nothing can be wrong with it before it is asked for."""
        return []

    def _write(self) -> Path:
        target = Path(self.storage.path(JOINED))
        text = join_layers(self.source)
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return target
