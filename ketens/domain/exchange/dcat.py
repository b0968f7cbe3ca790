"""A catalogue of open tables as DCAT-AP-NL 3.0 describes it (Geonovum 2024), in JSON-LD.

Every table of a quarter is a dataset of its own in a series, since it never changes; a
list of codes is one dataset. Values come from the EU's authority lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ketens.domain.exchange.naming import Json

EU = "http://publications.europa.eu/resource/authority/"
DUTCH, ENGLISH = f"{EU}language/NLD", f"{EU}language/ENG"
LICENCE = f"{EU}licence/CC_BY_4_0"
DRENTHE = "https://sws.geonames.org/2756631/"
PUBLISHER = "https://identifier.overheid.nl/tooi/id/provincie/pv22"
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
CONTEXT: Json = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers questions."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class File:
    """One file of a table; a digest is the SHA-256 of its bytes."""

    address: str
    media_type: str
    eu_code: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table as the catalogue tells it; `series` is the address of its series."""

    address: str
    page: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    theme: str
    files: Sequence[File]
    method: str
    series: str = ""
    first_day: date | None = None
    last_day: date | None = None
    issued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The API that serves the same datasets."""

    address: str
    description: str
    page: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]


def describe_catalogue(
    address: str, page: str, contact: Contact, datasets: Sequence[Dataset], service: Service
) -> Json:
    """Return the whole catalogue as one JSON-LD document."""
    about = {"dct:publisher": publisher(), "dcat:contactPoint": contact_point(contact)}
    series = sorted({one.series for one in datasets if one.series})
    return {
        "@context": CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        **about,
        "dct:title": text({"nl": "Cijfers van de Drentse Winkelstraat"}),
        "dct:description": text(
            {"nl": "Wat de ketens van de Drentse dorpen doen, per kwartaal, met bron en zekerheid."}
        ),
        "dct:language": [link(DUTCH), link(ENGLISH)],
        "dct:license": link(LICENCE),
        "dct:spatial": link(DRENTHE),
        "foaf:homepage": document(page),
        "dcat:dataset": [
            *(describe_series(one, datasets, about) for one in series),
            *(describe_dataset(one, about) for one in datasets),
        ],
        "dcat:service": [describe_service(service, datasets, about)],
    }


def describe_series(address: str, datasets: Sequence[Dataset], about: Json) -> Json:
    """Return the series of one table over all quarters."""
    first = next(one for one in datasets if one.series == address)
    return {
        "@id": address,
        "@type": "dcat:DatasetSeries",
        **about,
        "dct:title": text(first.titles),
        "dct:description": text(first.notes),
        "dct:accrualPeriodicity": link(f"{EU}frequency/QUARTERLY"),
        "dct:spatial": link(DRENTHE),
    }


def describe_dataset(one: Dataset, about: Json) -> Json:
    """Return one dataset with its files."""
    told: Json = {
        "@id": one.address,
        "@type": "dcat:Dataset",
        **about,
        "dct:identifier": one.address,
        "dct:creator": publisher(),
        "dct:title": text(one.titles),
        "dct:description": text(one.notes),
        "dct:accessRights": link(f"{EU}access-right/PUBLIC"),
        "dct:conformsTo": {"@id": one.method, "@type": "dct:Standard"},
        "dct:language": [link(DUTCH), link(ENGLISH)],
        "dct:spatial": link(DRENTHE),
        "dcat:theme": link(f"{EU}data-theme/{one.theme}"),
        "dcat:landingPage": document(one.page),
        "dcat:distribution": [describe_file(file, one) for file in one.files],
    }
    if one.series:
        told["dcat:inSeries"] = link(one.series)
        told["dct:accrualPeriodicity"] = link(f"{EU}frequency/NEVER")
    if one.first_day and one.last_day:
        told["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": typed(one.first_day.isoformat(), "date"),
            "dcat:endDate": typed(one.last_day.isoformat(), "date"),
        }
    if one.issued_at:
        told["dct:issued"] = typed(one.issued_at.isoformat(), "dateTime")
    return told


def describe_file(file: File, dataset: Dataset) -> Json:
    """Return one distribution."""
    told: Json = {
        "@id": file.address,
        "@type": "dcat:Distribution",
        "dct:title": text(dataset.titles),
        "dcat:accessURL": link(dataset.page),
        "dcat:downloadURL": link(file.address),
        "dcat:mediaType": link(
            f"http://www.iana.org/assignments/media-types/{file.media_type.split(';')[0]}"
        ),
        "dct:format": link(f"{EU}file-type/{file.eu_code}"),
        "dct:license": link(LICENCE),
    }
    if file.digest:
        told["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": typed(file.digest, "hexBinary"),
        }
    return told


def describe_service(service: Service, datasets: Sequence[Dataset], about: Json) -> Json:
    """Return the API as a data service."""
    return {
        "@id": service.address,
        "@type": "dcat:DataService",
        **about,
        "dct:identifier": service.address,
        "dct:title": text(service.titles),
        "dct:description": text(service.notes),
        "dct:accessRights": link(f"{EU}access-right/PUBLIC"),
        "dct:license": link(LICENCE),
        "dcat:endpointURL": link(service.address),
        "dcat:endpointDescription": link(service.description),
        "dcat:landingPage": document(service.page),
        "dcat:servesDataset": [link(one.address) for one in datasets],
        "dcat:theme": link(f"{EU}data-theme/ENVI"),
    }


def publisher() -> Json:
    """Return the province as the national register of organisations names it (TOOI)."""
    return {"@id": PUBLISHER, "@type": "foaf:Agent", "foaf:name": "Provincie Drenthe"}


def contact_point(contact: Contact) -> Json:
    """Return where to write."""
    return {
        "@type": "vcard:Organization",
        "vcard:fn": contact.name,
        "vcard:hasEmail": link(f"mailto:{contact.email}"),
    }


def document(address: str) -> Json:
    """Return a page for people."""
    return {"@id": address, "@type": "foaf:Document"}


def link(address: str) -> Json:
    """Return a thing by its address."""
    return {"@id": address}


def text(words: Mapping[str, str]) -> list[Json]:
    """Return a text in every language that it was written in."""
    return [{"@value": words[name], "@language": name} for name in sorted(words, reverse=True)]


def typed(value: str, kind: str) -> Json:
    """Return a value of an XML Schema type."""
    return {"@value": value, "@type": f"xsd:{kind}"}
