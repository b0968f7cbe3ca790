"""Find every string that people read, and keep the Dutch and English catalogues complete.

Django's own templatizer turns a template into Python-like text and Babel reads the
rest, so neither extraction nor compilation needs the gettext tools.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PACKAGES = ("winkelstraat", "dorpen", "ketens")
TEMPLATES = "themes/dorp/templates"
LANGUAGES = ("nl", "en")
FIRST_DAY = datetime(2026, 11, 23, tzinfo=UTC)


def list_sources(project: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with translatable strings and its text as Python."""
    for package in PACKAGES:
        for path in sorted((project / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for path in sorted((project / TEMPLATES).rglob("*.*")):
        if path.suffix in {".html", ".txt", ".svg", ".xml"}:
            lines = templatize(path.read_text(), origin=str(path)).splitlines()
            # Python's tokenizer stumbles over a template's indentation; it means nothing.
            yield path, "\n".join(line.lstrip() for line in lines)


def extract_messages(project: Path) -> Catalog:
    """Return a catalogue of every message in the project, without translations."""
    found = Catalog(project="Winkelstraat", charset="utf-8")
    for path, text in list_sources(project):
        source = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
            where = [(str(path.relative_to(project)), 0)]
            found.add(message, context=context, locations=where)
    return found


def new_catalogue(language: str) -> Catalog:
    """Return an empty catalogue whose header does not change from day to day."""
    return Catalog(
        locale=language,
        header_comment="# What Winkelstraat says.",
        project="Winkelstraat",
        version="1",
        msgid_bugs_address="straat@winkelstraat.example",
        creation_date=FIRST_DAY,
        revision_date=FIRST_DAY,
        last_translator="Winkelstraat",
        language_team="Winkelstraat",
        charset="utf-8",
        fuzzy=False,
    )


def catalogue_path(project: Path, language: str) -> Path:
    """Return where the catalogue of a language lives."""
    return project / "winkelstraat" / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(project: Path, language: str) -> Catalog:
    """Read a language's catalogue, or an empty one."""
    path = catalogue_path(project, language)
    if not path.exists():
        return new_catalogue(language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def list_missing(project: Path, language: str) -> list[str]:
    """Name every message that has no complete translation in `language`."""
    known = read_catalogue(project, language)
    missing = []
    for message in extract_messages(project):
        if not message.id:
            continue
        entry = known.get(message.id, message.context)
        strings = entry.string if entry else ""
        parts = strings if isinstance(strings, list | tuple) else (strings,)
        if entry is None or entry.fuzzy or not all(parts):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def update_catalogue(project: Path, language: str) -> None:
    """Write a language's catalogue anew: known translations kept, dead messages dropped.

    English needs no translator: its messages translate to themselves.
    """
    known = read_catalogue(project, language)
    fresh = new_catalogue(language)
    for message in extract_messages(project):
        if not message.id:
            continue
        entry = known.get(message.id, message.context)
        string = message.id if language == "en" else (entry.string if entry else None)
        places = sorted(set(message.locations))
        fresh.add(message.id, string, context=message.context, locations=places)
    path = catalogue_path(project, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, fresh, sort_output=True, omit_header=False, include_lineno=False)


def compile_catalogue(project: Path, language: str) -> None:
    """Write the binary catalogue that Django reads."""
    path = catalogue_path(project, language).with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_mo(target, read_catalogue(project, language))
