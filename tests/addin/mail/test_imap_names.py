"""Names of folders as IMAP writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.mail.imap import folder_on_the_wire


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", "INBOX"),
        ("Tom & Jerry", "Tom &- Jerry"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),  # RFC 3501, 5.1.3
        ("Báo cáo", "B&AOE-o c&AOE-o"),
        ("📥", "&2D3c5Q-"),
    ],
)
def test_a_folders_name_on_the_wire(name: str, wire: str) -> None:
    assert folder_on_the_wire(name) == wire


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1))
def test_it_is_ascii_and_no_two_names_are_one(name: str) -> None:
    wire = folder_on_the_wire(name)
    assert wire.isascii()
    assert (wire == name) == (name.isascii() and name.isprintable() and "&" not in name)
