"""Where a ledger may lie: SQLite needs locks that hold, which network shares and synchronised folders do not promise.

Source: sqlite.org, "How To Corrupt An SQLite Database File", section on file locking; facts/reading.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

_NETWORK_TYPES = frozenset({
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.google-drive-ocamlfuse",
    "fuse.gvfsd-fuse", "fuse.onedriver", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs",
    "fuse.glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "webdav",
    "fuse.vmhgfs-fuse",
})  # fmt: skip
# Folder names that the synchronising programs give their roots ("OneDrive - Liên đoàn Lao động", "My Drive", …).
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive", "icloud~",
                 "box sync", "nextcloud", "owncloud", "synology drive", "zalo received files")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Untrusted:
    """Why a folder cannot hold a ledger: ``network`` or ``synchronised``, and the type or name that shows it."""

    kind: str
    detail: str


def untrusted(folder: Path, mounts: str | None = None) -> Untrusted | None:
    """Why SQLite's locks cannot be trusted in ``folder``; None where nothing speaks against it.

    ``mounts`` is the text of Linux' mountinfo, read from the system by default.
    """
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() follows links
    for candidate in (absolute, absolute.resolve()):
        name = _synchronised_part(candidate)
        if name is not None:
            return Untrusted("synchronised", name)
    if sys.platform == "win32":
        return _windows_share(absolute)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    kind = _mount_type(absolute.resolve(), mounts)
    return Untrusted("network", kind) if kind in _NETWORK_TYPES else None


def _synchronised_part(path: PurePath) -> str | None:
    for part in path.parts:
        folded = part.casefold()
        if any(folded == name or folded.startswith((f"{name} ", f"{name}-", f"{name} -")) for name in _SYNCHRONISED):
            return part
        if folded == "mobile documents":
            return "iCloud Drive"
    return None


def _mount_type(path: Path, mounts: str) -> str | None:
    """Type of the file system that holds ``path``: the longest mount point above it, the last one mounted there."""
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        left, separator, right = line.partition(" - ")
        fields = left.split()
        if not separator or len(fields) < 5:
            continue
        point = fields[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
        if point == "/" or path == Path(point) or Path(point) in path.parents:
            length = len(Path(point).parts)
            if best is None or length >= best[0]:
                best = (length, right.split()[0])
    return best[1] if best else None


def _windows_share(path: Path) -> Untrusted | None:
    if str(path).startswith("\\\\"):
        return Untrusted("network", path.drive)
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4:  # DRIVE_REMOTE
            return Untrusted("network", path.drive)
    return None
