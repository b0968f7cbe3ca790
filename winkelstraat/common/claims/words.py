"""Bring a text into the one form that rules are matched against.

Whoever writes "CO₂‑neutraal", "d u u r z a a m", "dúúrzaam" or "duur<b>zaam</b>" has
written the same words.
"""

import re
import unicodedata
from hashlib import sha256
from html import unescape

TAG = re.compile(r"<[^>]*>")
BLOCK_TAG = re.compile(r"</?(p|div|br|li|ul|ol|h[1-6]|blockquote|tr|td)\b[^>]*>", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
DASHES = re.compile("[\u2010-\u2015\u2212\u2043_]")
SPACED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-*]){4,}[^\W\d_](?!\w)")
CO2 = re.compile(r"\bco[ -]?2")
CYRILLIC_AND_GREEK = str.maketrans("аеорсухіѕνοατ", "aeopcyxisvoat")


def normalise(text: str) -> str:
    """Return small letters without accents, tags, hidden marks or spread-out words."""
    text = TAG.sub("", BLOCK_TAG.sub(" ", unescape(text)))
    text = INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(one for one in text if not unicodedata.combining(one)).lower()
    text = DASHES.sub("-", text.translate(CYRILLIC_AND_GREEK))
    text = SPACED_OUT.sub(lambda hit: re.sub(r"[ .\-*]", "", hit.group()), text)
    return re.sub(r"\s+", " ", CO2.sub("co2", text)).strip()


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text as rules see it; a comma more is another text."""
    return sha256(normalise(text).encode()).hexdigest()
