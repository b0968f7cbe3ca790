"""Print a paper as PDF/A-3 with its UBL inside, once; what was printed stays as it is."""

from io import BytesIO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from winkelstraat.common.printing import PdfNotPossible, load_printer, print_pdf
from winkelstraat.payments.domain.papers import PaperContent
from winkelstraat.payments.domain.ubl import write_ubl
from winkelstraat.payments.models import Paper

__all__ = ["PdfNotPossible", "draw_html", "draw_pdf", "get_pdf", "load_printer"]


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
    return print_pdf(draw_html(paper), pdf_variant="pdf/a-3b", attachments=[attachment])


def draw_html(paper: Paper) -> str:
    """Return the page that is printed, in Dutch."""
    content = PaperContent.from_json(paper.content)
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("paper/paper.html", {"paper": paper, "content": content})
