"""Give a kept file to who may have it: always to save, never shown inside a page."""

from django.http import HttpResponse


def give_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file under a name without surprises; the browser guesses no other kind."""
    safe = "".join(sign for sign in name if sign.isalnum() or sign in "._-") or "bestand"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
