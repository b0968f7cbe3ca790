"""What kind of file a proof is, by its first bytes and not by its name."""

LARGEST_BYTES = 5_000_000
SIGNS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


class FileRefused(ValueError):
    """A file that is too large, empty, or no PDF or picture."""


def kind_of(content: bytes) -> str:
    """Return the media type of a proof.

    :raises FileRefused: for everything but a PDF, PNG or JPEG of at most 5 MB.
    """
    found = next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), "")
    if not found or len(content) > LARGEST_BYTES:
        raise FileRefused(len(content))
    return found
