"""The file itself: description, manifest, and all parts in a zip, the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from addin.hosts.libreoffice.extension import IDENTIFIER, OLDEST_OFFICE
from macros.package import stored

DESCRIPTION, MANIFEST = "description.xml", "META-INF/manifest.xml"
DESCRIPTION_TEXT, ICON = "package-description.txt", "icon.png"
_COMPONENT = "application/vnd.sun.star.uno-component;type=Python"
_BY_ENDING = {
    ".rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    ".xcs": "application/vnd.sun.star.configuration-schema",
    ".xcu": "application/vnd.sun.star.configuration-data",
}
_ORDER = (_BY_ENDING[".rdb"], _COMPONENT, _BY_ENDING[".xcs"], _BY_ENDING[".xcu"])
"""The office registers entries in turn: a component may be of a type, settings may follow a schema."""
_COMPONENTS_IN = PurePosixPath("python")


def extension(parts: Mapping[str, bytes], *, version: str, title: str, description: str, icon: bytes) -> bytes:
    """The bytes of an .oxt. ``title``, ``description`` and ``icon`` (PNG) are what the office's list of extensions
    shows."""
    return stored({
        DESCRIPTION: _description(version, title),
        DESCRIPTION_TEXT: description.encode(),
        ICON: icon,
        MANIFEST: _manifest(parts),
        **parts,
    })  # fmt: skip


def media_type(path: str) -> str | None:
    """What a part is to the office; None for what is only read by another part.

    Settings (.xcu), schemas (.xcs) and types (.rdb) by their endings; every .py right in python/ is a component.
    """
    place = PurePosixPath(path)
    if place.suffix == ".py" and place.parent == _COMPONENTS_IN:
        return _COMPONENT
    return _BY_ENDING.get(place.suffix)


def _manifest(parts: Iterable[str]) -> bytes:
    listed = [(path, kind) for path in sorted(parts) if (kind := media_type(path)) is not None]
    listed.sort(key=lambda one: _ORDER.index(one[1]))
    entries = [
        f' <manifest:file-entry manifest:media-type="{kind}" manifest:full-path={quoteattr(path)}/>'
        for path, kind in listed
    ]
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">',
        *entries,
        "</manifest:manifest>",
        "",
    ]).encode()  # fmt: skip


def _description(version: str, title: str) -> bytes:
    """An office older than it says refuses the extension, and tells why."""
    oldest = ".".join(map(str, OLDEST_OFFICE))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:d="http://openoffice.org/extensions/description/2006" xmlns:l="http://libreoffice.org/extensions/description/2011"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <identifier value="{IDENTIFIER}"/>
 <version value="{escape(version)}"/>
 <display-name><name lang="vi">{escape(title)}</name></display-name>
 <extension-description><src xlink:href="{DESCRIPTION_TEXT}" lang="vi"/></extension-description>
 <icon><default xlink:href="{ICON}"/></icon>
 <dependencies>
  <l:LibreOffice-minimal-version value="{oldest}" d:name="LibreOffice {oldest}"/>
 </dependencies>
</description>
""".encode()
