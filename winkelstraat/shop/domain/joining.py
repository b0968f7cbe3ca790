"""What an application to join the street must hold, and how a proof looks."""

from stdnum import iban

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SIGNS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
MOST_BYTES = 10_000_000


class ProofRefused(Exception):
    """A file that is no proof: `code` is ``kind`` or ``size``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of_proof(content: bytes) -> str:
    """Return what a file is by its first bytes, whatever its name says (SEC-10).

    :raises ProofRefused: for nothing, too much, or another kind of file.
    """
    if len(content) > MOST_BYTES:
        raise ProofRefused("size")
    for sign, kind in SIGNS:
        if content.startswith(sign):
            return kind
    raise ProofRefused("kind")


def read_iban(text: str) -> str | None:
    """Return an account number without spaces, or None when its check digits are wrong."""
    return iban.compact(text) if iban.is_valid(text) else None
