"""What xlwings documents about converters: dictionaries, arrays, DataFrames, Series, chunks, own converters."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import xlwings as xw
from xlwings.conversion import Converter


def dictionaries(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = {"a": 1, "b": 2}
    assert sheet["A1:B2"].options(dict).value == {"a": 1.0, "b": 2.0}
    sheet["A4"].value = [["a", "c"], [1, 3]]
    assert sheet["A4:B5"].options(dict, transpose=True).value == {"a": 1.0, "c": 3.0}


def arrays(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].options(transpose=True).value = np.array([1, 2, 3])
    assert (sheet["A1:A3"].options(np.array, ndim=2).value == np.array([[1.0], [2.0], [3.0]])).all()
    sheet["C1"].value = np.eye(3)
    assert (sheet["C1"].expand().options(np.array).value == np.eye(3)).all()
    sheet["A5"].value = np.array([1.5, np.nan])
    assert sheet["A5:B5"].value == [1.5, None]
    sheet["A6"].value = np.datetime64("2022-05-31")
    assert sheet["A6"].value == dt.datetime(2022, 5, 31)


def frames(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    frame = pd.DataFrame([[1.1, 2.2], [3.3, None]], columns=["one", "two"])
    sheet["A1"].value = frame
    assert sheet["A1:C3"].options(pd.DataFrame).value.equals(frame.set_index(pd.Index([0.0, 1.0])))
    back = sheet["A1"].options(pd.DataFrame, expand="table").value
    assert list(back.columns) == ["one", "two"]
    sheet["F1"].options(pd.DataFrame, index=False, header=False).value = frame
    assert sheet["F1:G2"].value == [[1.1, 2.2], [3.3, None]]
    dated = pd.DataFrame({"ngày": pd.to_datetime(["2022-01-31", None]), "ghi chú": ["x", None], "số": [1, 2]})
    sheet["J1"].options(index=False).value = dated
    assert sheet["J1:L3"].value == [
        ["ngày", "ghi chú", "số"],
        [dt.datetime(2022, 1, 31), "x", 1.0],
        [None, None, 2.0],
    ]
    read = sheet["J1:L3"].options(pd.DataFrame, index=False).value
    assert read["ngày"].iloc[0] == pd.Timestamp(2022, 1, 31)


def series(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].options(index=False, header=False).value = pd.Series([1.0, 2.0], name="x")
    assert sheet["A1:A2"].options(pd.Series, index=False, header=False).value.tolist() == [1.0, 2.0]


def chunks(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    rows = [[float(r), f"dòng {r}"] for r in range(25)]
    sheet["A1"].options(chunksize=7).value = rows
    assert sheet["A1:B25"].options(chunksize=10).value == rows


def own_converters(app: xw.App, _: Path) -> None:
    class Doubled(Converter):  # type: ignore[misc]
        @staticmethod
        def read_value(value: float, options: object) -> float:  # noqa: ARG004
            return value * 2

        @staticmethod
        def write_value(value: float, options: object) -> float:  # noqa: ARG004
            return value / 2

    sheet = app.books.active.sheets[0]
    sheet["A1"].options(Doubled).value = 10
    assert sheet["A1"].value == 5.0
    assert sheet["A1"].options(Doubled).value == 10.0


def view_and_load(app: xw.App, _: Path) -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"])
    sheet = app.books.active.sheets[0]
    xw.view(frame, sheet=sheet)
    assert sheet["A1:B3"].value == [[" ", "a"], ["x", 1.0], ["y", 2.0]]
    assert sheet["A1"].table is not None
    sheet["A1"].select()
    assert xw.load().loc["y", "a"] == 2.0


SCRIPTS = (dictionaries, arrays, frames, series, chunks, own_converters, view_and_load)
