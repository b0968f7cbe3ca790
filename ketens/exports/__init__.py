"""Open tables as files, in constant memory; plain Python that knows no database."""

from ketens.exports.formats import FORMATS, FileFormat

__all__ = ["FORMATS", "FileFormat"]
