import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.returns.spans import Splices, attribute_span, go_back, parse, prefix_of, text_xml
from validation.errors import Refusal

PART = (
    b"<?xml version='1.0'?>\n<x:a xmlns:x='urn:a' k=\"1 > 0\"><!-- <x:b/> --><x:b n='1'/><x:b n = \"2\" >t"
    b"<![CDATA[<x:b>]]></x:b ></x:a>"
)


def test_elements_are_found_where_they_stand() -> None:
    root = parse("part", PART)
    first, second = root.named("b")
    assert PART[first.start : first.end] == b"<x:b n='1'/>"
    assert PART[second.inner : second.end_inner] == b"t<![CDATA[<x:b>]]>"
    assert PART[root.start :] == PART[root.start : root.end]
    assert prefix_of(PART, second.start) == "x:"


def test_an_attribute_is_found_between_quotes_of_either_kind() -> None:
    root = parse("part", PART)
    first, second = root.named("b")
    for element, value in ((root, b"1 > 0"), (first, b"1"), (second, b"2")):
        span = attribute_span(PART, element.start, "k" if element is root else "n")
        assert span is not None
        assert PART[slice(*span)] == value


def test_attributes_are_set_added_and_taken_away() -> None:
    root = parse("part", PART)
    first, second = root.named("b")
    splices = Splices(PART)
    splices.set_attribute(root.start, "k", "a\"b'c")
    splices.set_attribute(first.start, "m", "<ă>")
    splices.set_attribute(second.start, "n", None)
    changed = parse("part", splices.apply())
    assert changed.attributes == {"k": "a\"b'c"}
    assert [dict(child.attributes) for child in changed.children] == [{"n": "1", "m": "<ă>"}, {}]


def test_a_child_may_be_put_into_an_empty_element() -> None:
    first = parse("part", PART).children[0]
    splices = Splices(PART)
    splices.append_child(first, "<x:c/>")
    assert [c.local for c in parse("part", splices.apply()).children[0].children] == ["c"]


def test_changes_that_overlap_are_refused() -> None:
    splices = Splices(b"0123456789")
    splices.replace(2, 5, "a")
    splices.replace(4, 6, "b")
    with pytest.raises(ValueError, match="overlap"):
        splices.apply()


@given(st.binary(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.binary(max_size=4))))
def test_every_change_can_be_undone(part: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    splices, position = Splices(part), 0
    for start, length, new in sorted(changes, key=lambda change: change[0]):
        start, end = max(start, position), min(max(start, position) + length, len(part))
        if start <= end:
            splices.replace(start, end, new)
            position = end
    changed, way_back = splices.result()
    assert go_back(changed, way_back) == part


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_text_comes_back_from_xml(text: str) -> None:
    root = parse("part", f"<a>{text_xml(text)}</a>".encode())
    assert root.children == []


def test_a_part_with_a_document_type_is_refused() -> None:
    with pytest.raises(Refusal):
        parse("part", b"<!DOCTYPE a []><a/>")
    with pytest.raises(Refusal):
        parse("part", b"<a>")
