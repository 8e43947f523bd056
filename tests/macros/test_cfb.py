"""The compound file, read back by olefile and by the rules of its search trees."""

from __future__ import annotations

import io
from typing import Any

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.cfb import Tree, compound_file

NAMES = st.text(st.characters(min_codepoint=65, max_codepoint=122, categories=("L",)), min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000])


def contents(sizes: dict[str, int]) -> dict[str, bytes]:
    """Streams of these sizes, each with its own content; names that differ in case alone are one name."""
    unlike = {name.upper(): name for name in sizes}.values()
    return {name: (name.encode() * (sizes[name] + 1))[: sizes[name]] for name in unlike}


@settings(max_examples=60)
@given(st.dictionaries(NAMES, SIZES, min_size=1, max_size=24), st.dictionaries(NAMES, SIZES, max_size=6))
def test_olefile_reads_back_every_stream(top: dict[str, int], inner: dict[str, int]) -> None:
    streams, folder = contents(top), contents(inner)
    tree: Tree = {**streams, "Folder 1": folder}
    with olefile.OleFileIO(io.BytesIO(compound_file(tree)), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        found = {tuple(path): ole.openstream(path).read() for path in ole.listdir()}
    wanted = {(name,): content for name, content in streams.items()}
    assert found == wanted | {("Folder 1", name): content for name, content in folder.items()}


@pytest.mark.parametrize("count", range(1, 40))
def test_the_directory_is_a_red_black_tree(count: int) -> None:
    content = compound_file({f"Module{number}" * (1 + number % 3): b"x" for number in range(count)})
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        entries = ole.direntries
        root = ole.root.sid_child
        assert entries[root].color == 1, "the root of a tree is black"
        assert len(black_heights(entries, root)) == 1
        order = [entries[place].name for place in in_order(entries, root)]
    assert order == sorted(order, key=lambda name: (len(name), name.upper()))
    assert len(order) == count


def black_heights(entries: Any, place: int) -> set[int]:
    """Numbers of black entries on the ways down; never two red ones after each other."""
    if place == olefile.NOSTREAM:
        return {0}
    entry = entries[place]
    children = [child for child in (entry.sid_left, entry.sid_right) if child != olefile.NOSTREAM]
    assert entry.color == 1 or all(entries[child].color == 1 for child in children)
    below = black_heights(entries, entry.sid_left) | black_heights(entries, entry.sid_right)
    return {height + entry.color for height in below}


def in_order(entries: Any, place: int) -> list[int]:
    """Places from left to right."""
    if place == olefile.NOSTREAM:
        return []
    entry = entries[place]
    return [*in_order(entries, entry.sid_left), place, *in_order(entries, entry.sid_right)]


def test_a_name_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 31 letters"):
        compound_file({"x" * 32: b""})


def test_more_than_the_header_can_say_is_refused() -> None:
    with pytest.raises(ValueError, match="7 MB"):
        compound_file({"large": bytes(8_000_000)})
