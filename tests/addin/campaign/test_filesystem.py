"""Where SQLite's locks can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.campaign.filesystem import untrusted

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /mnt/chung rw,relatime shared:9 - cifs //server/chung rw,vers=3.0
31 22 0:27 / /mnt/chung/may rw,relatime - ext4 /dev/sdb1 rw
32 22 0:28 / /srv/ten\\040co\\040dau\\040cach rw - nfs4 nas:/x rw
33 22 0:29 / /media/dia rw - fuse.sshfs user@host:/ rw
34 22 0:30 / /mnt/c rw - 9p C:\\134 rw
35 22 0:31 / /tmp rw - tmpfs tmpfs rw
36 22 0:32 / /media/dia rw - ext4 /dev/sdc1 rw
37 22 0:33 / /srv/c\\303\\264ng rw - nfs nas:/y rw
a line that is none
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/mai/sang-kien", None),
        ("/mnt/chung/sang-kien", "cifs"),
        ("/mnt/chung", "cifs"),
        ("/mnt/chung/may/sang-kien", None),
        ("/mnt/chung2/sang-kien", None),
        ("/srv/ten co dau cach/2022", "nfs4"),
        ("/srv/công/2022", "nfs"),
        ("/mnt/c/Users/mai", "9p"),
        ("/media/dia/2022", None),  # mounted over: the later one counts
        ("/tmp/demo", None),
    ],
)
def test_a_network_share_is_known_by_its_mount(folder: str, kind: str | None) -> None:
    found = untrusted(Path(folder), MOUNTS)
    assert (found.kind, found.detail) == ("network", kind) if kind and found else found is None


@pytest.mark.parametrize(
    ("folder", "part"),
    [
        ("/home/mai/OneDrive/sk", "OneDrive"),
        ("/home/mai/OneDrive - LĐLĐ Hải Phòng/sk", "OneDrive - LĐLĐ Hải Phòng"),
        ("/home/mai/Dropbox (Cá nhân)/sk", "Dropbox (Cá nhân)"),
        ("/home/mai/Google Drive/My Drive/sk", "Google Drive"),
        ("/Users/mai/Library/Mobile Documents/com~apple~CloudDocs/sk", "iCloud Drive"),
        ("/home/mai/Nextcloud/sk", "Nextcloud"),
        ("/home/mai/Documents/Zalo Received Files/sk", "Zalo Received Files"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(folder: str, part: str) -> None:
    found = untrusted(Path(folder), MOUNTS)
    assert found is not None
    assert (found.kind, found.detail) == ("synchronised", part)


@pytest.mark.parametrize("name", ["OneDriveCu", "Tài liệu Dropbox cũ", "dropboxes", "my drives", "drive"])
def test_a_folder_that_is_only_called_alike_is_trusted(name: str) -> None:
    assert untrusted(Path("/home/mai") / name, MOUNTS) is None


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "OneDrive" / "sk").mkdir(parents=True)
    (tmp_path / "sk").symlink_to(tmp_path / "OneDrive" / "sk")
    found = untrusted(tmp_path / "sk")
    assert found is not None
    assert found.kind == "synchronised"


def test_this_machine_is_asked_where_nothing_is_said(tmp_path: Path) -> None:
    assert untrusted(tmp_path / "not there yet") is None
