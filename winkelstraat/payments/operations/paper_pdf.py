"""Print a paper as PDF/A-3 with its UBL inside, once; what was printed stays as it is."""

import logging
from importlib import import_module
from io import BytesIO
from types import ModuleType

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import ImageFile

from winkelstraat.payments.domain.papers import PaperContent
from winkelstraat.payments.domain.ubl import write_ubl
from winkelstraat.payments.models import Paper

alarm = logging.getLogger("winkelstraat.alarm")


class PdfNotPossible(RuntimeError):
    """Raised where the libraries that draw a PDF are not installed."""


def get_pdf(*, paper_id: int) -> bytes:
    """Return the PDF of a paper, drawing and keeping it the first time.

    Two who ask at once both draw; the database keeps the first.

    :raises PdfNotPossible: when this machine cannot draw a PDF; say how to install it.
    """
    paper = Paper.objects.get(pk=paper_id)
    if paper.pdf is not None:
        return bytes(paper.pdf)
    drawn = draw_pdf(paper)
    Paper.objects.filter(pk=paper_id, pdf=None).update(pdf=drawn)
    kept = Paper.objects.values_list("pdf", flat=True).get(pk=paper_id)
    return bytes(kept) if kept is not None else drawn


def draw_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF/A-3b; accountants' programs read the XML that is attached.

    :raises PdfNotPossible: when this machine cannot draw a PDF.
    """
    weasyprint = load_printer()
    content = PaperContent.from_json(paper.content)
    xml = write_ubl(paper.number, paper.issued_on, content)
    attachment = weasyprint.Attachment(
        file_obj=BytesIO(xml),
        name=f"{paper.number}.xml",
        description="UBL 2.1, Peppol BIS Billing 3.0",
        relationship="Alternative",
    )
    drawn: bytes = weasyprint.HTML(string=draw_html(paper), base_url="").write_pdf(
        pdf_variant="pdf/a-3b", attachments=[attachment]
    )
    return drawn


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


def draw_html(paper: Paper) -> str:
    """Return the page that is printed, in Dutch."""
    content = PaperContent.from_json(paper.content)
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("paper/paper.html", {"paper": paper, "content": content})
