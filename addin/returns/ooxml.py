"""Names of Office Open XML in its two dialects: the transitional one that programs write, and ISO strict."""

from __future__ import annotations

from dataclasses import dataclass

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Namespace of the spreadsheet elements, and what relationship types begin with (also the namespace of ``r:``)."""

    main: str
    relationships: str

    def relationship(self, kind: str) -> str:
        """The relationship type of a kind, such as ``worksheet``."""
        return f"{self.relationships}/{kind}"


TRANSITIONAL = Dialect(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
)


def dialect_of(namespace: str) -> Dialect:
    """The dialect of a root element's namespace."""
    return STRICT if namespace == STRICT.main else TRANSITIONAL


def kind_of(relationship_type: str) -> str:
    """The last word of a relationship type, by which both dialects agree."""
    return relationship_type.rpartition("/")[2]
