"""The analyst's first questions, answered with pandas: by unit and phase, by kind and field, by month. đồng as int."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.reports.tables import Tidy, Type

if TYPE_CHECKING:
    import pandas as pd

_FIGURES = ("registered", "approved", "counted", "upper_support", "base_support")
_NOTHING = "(trống)"


def frame(table: Tidy) -> pd.DataFrame:
    """A table as pandas holds it: integers with blanks stay integers."""
    import pandas as pd

    dtypes = {Type.INTEGER: "Int64", Type.FRACTION: "Float64", Type.TRUTH: "boolean", Type.TEXT: "object"}
    columns = {}
    for number, (name, held, _) in enumerate(table.columns):
        values = [line[number] for line in table.lines]
        columns[name] = pd.Series(values, dtype=dtypes.get(held, "object"))
    return pd.DataFrame(columns)


def by_unit_and_phase(unit_phase: Tidy) -> pd.DataFrame:
    """Figures of each unit, phase beside phase, with sums."""
    import pandas as pd

    data = frame(unit_phase)
    if data.empty:  # of nothing, pandas makes a table without levels that it cannot write
        return pd.DataFrame(columns=["unit_code", "unit_name", *_FIGURES]).set_index(["unit_code", "unit_name"])
    pivot = data.pivot_table(
        index=["unit_code", "unit_name"], columns="phase", values=list(_FIGURES), aggfunc="sum", fill_value=0
    )
    pivot = pivot.reindex(columns=list(_FIGURES), level=0)
    return _with_sum(pivot)


def by_kind_and_field(initiatives: Tidy) -> pd.DataFrame:
    """Accepted initiatives in a phase, kind of solution against field of activity."""
    import pandas as pd

    data = _in_a_phase(initiatives)
    if data.empty:
        return pd.DataFrame(index=pd.Index([], name="solution_kind"))
    kind, field = data["solution_kind"].fillna(_NOTHING), data["activity_field"].fillna(_NOTHING)
    return _with_sum(pd.crosstab(kind, field))


def by_month(initiatives: Tidy) -> pd.DataFrame:
    """Accepted initiatives in a phase by the month of registration: how many, counted, and their money."""
    import pandas as pd

    data = _in_a_phase(initiatives).dropna(subset=["registered_on"])
    figures = ["registered", "counted", "upper_support", "base_counted"]
    if data.empty:
        return pd.DataFrame(columns=figures, index=pd.Index([], name="month"))
    month = pd.Series([f"{day:%Y-%m}" for day in data["registered_on"]], index=data.index, name="month", dtype="object")
    data = data.assign(registered=1, counted=data["counted"].astype("Int64"))
    return _with_sum(data.groupby(month)[figures].sum())


def write_pivots(tables: dict[str, Tidy], file: Path) -> None:
    """All of them in one workbook, a sheet each. Text stays text."""
    import pandas as pd

    sheets = {
        "Đơn vị × giai đoạn": by_unit_and_phase(tables["unit_phase"]),
        "Loại × lĩnh vực": by_kind_and_field(tables["initiatives"]),
        "Theo tháng": by_month(tables["initiatives"]),
    }
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with file.open("wb") as out, pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        number = writer.book.add_format({"num_format": "#,##0"})
        for name, pivot in sheets.items():
            pivot.to_excel(writer, sheet_name=name, merge_cells=False)
            sheet = writer.sheets[name]
            levels = pivot.index.nlevels
            sheet.set_column(0, levels - 1, 34)
            sheet.set_column(levels, levels + max(pivot.shape[1], 1) - 1, 18, number)
            sheet.freeze_panes(pivot.columns.nlevels + (pivot.columns.nlevels > 1), levels)


def _in_a_phase(initiatives: Tidy) -> pd.DataFrame:
    data = frame(initiatives)
    chosen: pd.DataFrame = data[(data["outcome"] == "accepted") & data["phase"].notna()]
    return chosen


def _with_sum(pivot: pd.DataFrame) -> pd.DataFrame:
    """A last line that adds up the others."""
    import pandas as pd

    name: object = "Cộng" if pivot.index.nlevels == 1 else ("Cộng", *[""] * (pivot.index.nlevels - 1))
    index = (
        pd.Index([name], name=pivot.index.name)
        if pivot.index.nlevels == 1
        else pd.MultiIndex.from_tuples([name], names=pivot.index.names)  # type: ignore[list-item]
    )
    total = pd.DataFrame([pivot.sum().tolist()], index=index, columns=pivot.columns)
    return pd.concat([pivot, total.astype(pivot.dtypes.to_dict())])
