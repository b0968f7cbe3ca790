"""Draw PDF papers from our own HTML (ADR 0016); every domain that prints uses this."""

import logging
from importlib import import_module
from types import ModuleType
from typing import Any

from PIL import ImageFile

alarm = logging.getLogger("winkelstraat.alarm")


class PdfNotPossible(RuntimeError):
    """Raised where the libraries that draw a PDF are not installed."""


def load_printer() -> ModuleType:
    """Return WeasyPrint, without what it changes for everybody else.

    It lets Pillow accept pictures that are cut off, in the whole process; shops' photos
    must not be read like that.

    :raises PdfNotPossible: when the libraries that it needs are not installed.
    """
    try:
        printer = import_module("weasyprint")
    except OSError as error:
        alarm.error("No PDF can be drawn: install libpango-1.0-0 and libpangoft2-1.0-0.")
        raise PdfNotPossible(str(error)) from error
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return printer


def print_pdf(html: str, **options: Any) -> bytes:
    """Return a page of ours as PDF; nothing is fetched from elsewhere.

    :raises PdfNotPossible: when this machine cannot draw a PDF.
    """
    drawn: bytes = load_printer().HTML(string=html, base_url="").write_pdf(**options)
    return drawn
