"""PNG files as far as we need them: square, 8 bits of red, green, blue and opacity, nothing else inside."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(pixels: bytes, size: int) -> bytes:
    """The file of ``size`` × ``size`` pixels of four bytes each."""
    rows = b"".join(b"\0" + pixels[start : start + 4 * size] for start in range(0, len(pixels), 4 * size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def pixels_of(file: bytes) -> tuple[int, bytes]:
    """Size and pixels of a file that ``png`` wrote. Raises ValueError for any other."""
    if not file.startswith(_SIGNATURE) or file[12:16] != b"IHDR" or file[37:41] != b"IDAT":
        raise ValueError("not a picture of ours")
    size = struct.unpack(">I", file[16:20])[0]
    length = struct.unpack(">I", file[33:37])[0]
    rows = zlib.decompress(file[41 : 41 + length])
    return size, b"".join(rows[start + 1 : start + 1 + 4 * size] for start in range(0, len(rows), 4 * size + 1))


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
