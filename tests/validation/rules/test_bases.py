"""Every rule on rows is held to what it declares as the basis of its word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.draft import Draft
from validation.fields import ROW_FIELD, Form, Kind, typed_row_fields
from validation.programme import Programme, load_programme, programme_ids
from validation.rules.registry import Basis, Context, Hit, Rule, row_checks
from validation.submission import RawRow
from validation.text.plain import is_plain

KEPT_AS_TYPED = {Kind.TEXT, Kind.CODE, Kind.PERSON}
PROGRAMMES = [load_programme(name) for name in programme_ids()]
DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
AMOUNTS = st.integers(-10, 10) | st.integers(0, 10**7)
WORDS = (
    "Lê", "Hà", "hoá", "toàn", "Quý", "LÂM", "đồng", "may", "SK-1", "12", "C¶i", "tiÕn", "m¸y", "ngêi", "viÖc", "toaøn",
    "Ðức", "Ο", "Сải", "ＡＢ",
)  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(WORDS),
    max_size=5,
).map(" ".join)


def typed_values(programme: Programme) -> st.SearchStrategy[dict[str, object]]:
    of_kind = {Kind.DATE: DAYS, Kind.AMOUNT: AMOUNTS, Kind.COUNT: st.integers(0, 9)}
    strategies: dict[str, st.SearchStrategy[object]] = {}
    for field in typed_row_fields(Form.CITY):
        if field.kind is Kind.CHOICE:
            yes_no = field.choices == "yes_no"
            strategies[field.name] = (
                st.booleans() if yes_no else st.sampled_from(programme.choices(field.choices or ""))
            )
        else:
            strategies[field.name] = of_kind.get(field.kind, TEXTS)
    return st.fixed_dictionaries({}, optional=strategies)


def hits(rule: Rule, values: dict[str, object], programme: Programme, today: date) -> list[Hit]:
    """What a check says of a row whose texts stand in it as they are typed; co-authors are one name."""
    assert rule.check is not None
    typed = {k: (v,) if ROW_FIELD[k].kind is Kind.PEOPLE else v for k, v in values.items()}
    raw: dict[str, object] = {k: "Có" if isinstance(v, bool) else v for k, v in values.items()}
    return list(rule.check(Draft(RawRow(6, raw), typed), Context(programme, today)))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", [rule for rule, _ in row_checks(Basis.VALUE)], ids=lambda rule: rule.code)
@given(data=st.data())
def test_a_rule_on_values_says_of_each_what_it_says_of_it_alone(rule: Rule, data: st.DataObject) -> None:
    programme = data.draw(st.sampled_from(PROGRAMMES))
    values = data.draw(typed_values(programme))
    said = hits(rule, values, programme, data.draw(DAYS))
    alone = [hit for name, value in values.items() for hit in hits(rule, {name: value}, programme, date.max)]
    assert sorted(map(repr, said)) == sorted(map(repr, alone))


@pytest.mark.parametrize("rule", [rule for rule, _ in row_checks(Basis.VALUE)], ids=lambda rule: rule.code)
def test_a_rule_on_values_is_silent_on_blanks_and_looks_at_no_text_that_is_kept_as_typed(rule: Rule) -> None:
    assert all(ROW_FIELD[name].kind not in KEPT_AS_TYPED for name in rule.fields)
    assert rule.fields
    for programme in PROGRAMMES:
        assert hits(rule, {}, programme, date(2022, 1, 1)) == []


@pytest.mark.parametrize("rule", [rule for rule, _ in row_checks(Basis.LETTERS)], ids=lambda rule: rule.code)
@given(data=st.data())
def test_a_rule_on_letters_is_silent_on_plain_texts(rule: Rule, data: st.DataObject) -> None:
    programme = data.draw(st.sampled_from(PROGRAMMES))
    values = data.draw(typed_values(programme))
    spoken_of = {hit.field for hit in hits(rule, values, programme, date(2022, 1, 1))}
    assert all(not is_plain(str(values[name])) for name in spoken_of if name is not None)
    assert None not in spoken_of


def test_each_basis_has_its_rules_and_they_keep_their_order() -> None:
    def codes(*bases: Basis) -> list[str]:
        return [rule.code for rule, _ in row_checks(*bases)]

    assert all(map(codes, Basis))
    assert sorted(code for basis in Basis for code in codes(basis)) == codes()
    for bases in ((Basis.ROW,), (Basis.ROW, Basis.VALUE)):
        assert [rule.code for rule, _ in row_checks() if rule.basis in bases] == codes(*bases)
