"""What xlwings documents about App, Books, Book, Sheets and Sheet."""

import os
from pathlib import Path

import pytest
import xlwings as xw

from addin.hosts.libreoffice.failures import ClosedError, OfficeError, ProtectedError


def application(app: xw.App, _: Path) -> None:
    assert xw.apps.active == app
    assert xw.apps.keys() == [app.pid]
    assert xw.apps[app.pid] == app
    assert xw.apps.count == 1
    assert app.engine.name == "libreoffice"
    assert app.version.major >= 7
    assert Path(app.path).is_dir()
    assert app.visible is True
    app.activate()
    assert app.range("B2").address == "$B$2"
    xw.apps.cleanup()


def application_settings(app: xw.App, _: Path) -> None:
    with app.properties(screen_updating=False, display_alerts=False, enable_events=False, calculation="manual"):
        assert (app.screen_updating, app.display_alerts, app.enable_events) == (False, False, False)
        sheet = app.books.active.sheets[0]
        sheet["A1"].value = [1, "=A1+1"]
        sheet["A1"].value = 5
        assert app.calculation == "manual"
        app.calculate()
        assert sheet["B1"].value == 6.0
    assert (app.screen_updating, app.display_alerts, app.enable_events) == (True, True, True)
    assert app.calculation == "automatic"
    app.interactive = False
    assert app.interactive is False
    app.interactive = True
    app.cut_copy_mode = False
    assert app.cut_copy_mode is None
    app.status_bar = "Đang kiểm tra…"
    assert app.status_bar == "Đang kiểm tra…"
    app.status_bar = False
    assert app.status_bar is False
    app.visible = False
    assert app.visible is False
    app.visible = True


def books(app: xw.App, _: Path) -> None:
    first = app.books.active
    second = app.books.add()
    assert app.books.active == second
    first.activate()
    assert app.books.active == first
    assert xw.books.active == first
    assert len(app.books) == app.books.count == 2
    assert app.books[1] == app.books[second.name] == app.books(2) == second
    assert [book.name for book in app.books] == [first.name, second.name]
    assert first.app == app
    third = xw.Book()
    assert third in list(app.books)
    third.close()
    second.close()
    with pytest.raises(ClosedError):
        assert second.name
    with pytest.raises(KeyError):
        app.books["không có.xlsx"]


def saving_and_opening(app: xw.App, folder: Path) -> None:
    path = folder / "Báo cáo sáng kiến.xlsx"
    book = app.books.active
    assert book.fullname == book.name
    book.sheets[0]["A1"].value = [["Mã", "001"], [True, 1.5]]
    book.impl.activate()
    book.save(path)
    assert (book.name, book.fullname) == (path.name, str(path))
    assert not book.impl.modified
    book.sheets[0]["A1"].value = "đổi"
    assert book.impl.modified
    book.save()
    book.close()
    again = app.books.open(path)
    assert again.sheets[0]["A1:B2"].value == [["đổi", 1.0], [True, 1.5]]
    assert app.books.open(path) == again
    assert xw.Book(path) == again
    again.save(folder / "bản sao.ods")
    assert (folder / "bản sao.ods").stat().st_size > 0
    with pytest.raises(NotImplementedError, match="xlsb"):
        again.save(folder / "x.xlsb")
    again.close()
    read_only = app.books.open(path, read_only=True)
    assert read_only.impl.read_only
    with pytest.raises(OfficeError):
        read_only.save()
    read_only.close()
    with pytest.raises(FileNotFoundError):
        app.books.open(folder / "không có.xlsx")


def unsaved_books_are_saved_beside_us(app: xw.App, folder: Path) -> None:
    before = Path.cwd()
    os.chdir(folder)
    try:
        book = app.books.active
        name = book.name
        book.save()
    finally:
        os.chdir(before)
    assert book.fullname == str(folder / f"{name}.xlsx")


def passwords_and_damage(app: xw.App, folder: Path) -> None:
    path = folder / "mật.xlsx"
    book = app.books.active
    book.save(path, password="bí mật")
    book.close()
    for wrong in (None, "sai"):
        with pytest.raises(OfficeError):
            app.books.open(path, password=wrong)
    app.books.open(path, password="bí mật").close()
    damaged = folder / "hỏng.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(OfficeError):
        app.books.open(damaged)


def printing(app: xw.App, folder: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    sheet["A1"].value = "một trang"
    book.to_pdf(folder / "sổ.pdf")
    sheet["A1:B2"].to_pdf(folder / "ô.pdf")
    for name in ("sổ.pdf", "ô.pdf"):
        assert (folder / name).read_bytes().startswith(b"%PDF")
    sheet.page_setup.print_area = "A1:C3"
    assert sheet.page_setup.print_area == "$A$1:$C$3"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None


def sheets(app: xw.App, _: Path) -> None:
    book = app.books.active
    first = book.sheets[0]
    assert (first.name, first.index, first.visible) == ("Sheet1", 1, True)
    last = book.sheets.add("Cuối", after=first)
    assert book.sheets.active == last
    middle = book.sheets.add(before=last)
    assert book.sheet_names == ["Sheet1", middle.name, "Cuối"]
    assert book.sheets["cuối"] == last == book.sheets[-1] == book.sheets(3)
    assert "Cuối" in book.sheets
    with pytest.raises(KeyError):
        book.sheets["không có"]
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("CUỐI")
    middle.name = "Giữa"
    middle.move(before=first)
    assert (middle.name, middle.index) == ("Giữa", 1)
    middle.move(after=last)
    assert book.sheet_names == ["Sheet1", "Cuối", "Giữa"]
    copy = middle.copy()
    assert (copy.name, copy.index) == ("Giữa (2)", 4)
    copied = first.copy(before=first, name="Bản sao")
    assert (copied.name, copied.index) == ("Bản sao", 1)
    copy.delete()
    copied.delete()
    with pytest.raises(ClosedError):
        assert copy.name
    last.visible = False
    assert last.visible is False
    last.visible = True
    first.activate()
    assert book.sheets.active == first == xw.sheets.active
    middle.select()
    assert book.sheets.active == middle
    first.show_gridlines = False
    assert first.show_gridlines is False
    assert book.sheets.active == middle
    first.freeze_panes.freeze_at("A1:B2")
    first.freeze_panes.unfreeze()
    first["A1"].value = 1
    first.clear_contents()
    first["A1"].color = (1, 2, 3)
    first.clear_formats()
    assert first["A1"].color is None
    first["A1"].value = 1
    first.clear()
    assert first.used_range.value is None


def sheets_between_books(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = "Đoàn"
    other = app.books.add()
    copy = sheet.copy(before=other.sheets[0], name="Đến")
    assert copy.book == other
    assert copy["A1"].value == "Đoàn"


def a_sheet_stays_itself(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    cell = sheet["A1"]
    cell.value = "tôi"
    sheet.name = "Đổi tên"
    book.sheets.add("Sheet1", before=sheet)
    assert cell.value == "tôi"
    assert cell.sheet.name == "Đổi tên"
    sheet["A5:B5"].delete("up")
    assert sheet["A1048576"].value is None


def protected_sheets(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = "khoá"
    sheet["B1"].impl.locked = False
    assert (sheet["A1"].impl.locked, sheet["A1:B1"].impl.locked) == (True, None)
    sheet.impl.protect("mk")
    assert sheet.impl.protected
    for forbidden in (
        lambda: setattr(sheet["A1"], "value", 1),
        lambda: setattr(sheet["A1"], "formula", "=1"),
        lambda: setattr(sheet["A1:B2"], "value", 1),
        lambda: setattr(sheet["B1"], "color", (1, 1, 1)),
        lambda: setattr(sheet["B1"], "number_format", "0"),
        lambda: sheet["A1"].add_note("x"),
        lambda: sheet["A1"].clear(),
        lambda: sheet["1:1"].delete(),
        lambda: sheet["B1"].data_validation.set_list(["a"]),
    ):
        with pytest.raises(ProtectedError):
            forbidden()
    sheet["B1"].value = "mở"
    assert sheet["A1:B1"].value == ["khoá", "mở"]
    with pytest.raises(ProtectedError):
        sheet.impl.unprotect("sai")
    sheet.impl.unprotect("mk")
    sheet["A1"].value = "sửa được"


def undoing(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    sheet["A1"].value = ["a", "b"]
    book.impl.undo_step("Sửa lỗi")
    sheet["A1"].value = "đã sửa"
    sheet["B1"].value = 5
    sheet["B1"].color = (255, 0, 0)
    book.impl.undo_step(None)
    assert book.impl.undo() == "Sửa lỗi"
    assert sheet["A1:B1"].value == ["a", "b"]
    assert sheet["B1"].color is None


def what_is_missing_says_its_name(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    for name, use in {
        "App.hwnd": lambda: app.hwnd,
        "Apps.add": lambda: xw.App(),
        "Sheet.charts": lambda: sheet.charts,
        "Sheet.pictures": lambda: sheet.pictures,
        "Sheet.shapes": lambda: sheet.shapes,
        "Range.copy_picture": lambda: sheet["A1"].copy_picture(),
        "Range.autofilter": lambda: sheet["A1:B2"].autofilter.clear(),
        "ConditionalFormats.add_data_bar": lambda: sheet["A1"].conditional_formats.add_data_bar((1, 2, 3)),
        "Range.comment": lambda: sheet["A1"].comment,
    }.items():
        with pytest.raises(NotImplementedError, match=rf"{name}\b.* not available"):
            use()


SCRIPTS = (
    application,
    application_settings,
    books,
    saving_and_opening,
    unsaved_books_are_saved_beside_us,
    passwords_and_damage,
    printing,
    sheets,
    sheets_between_books,
    a_sheet_stays_itself,
    protected_sheets,
    undoing,
    what_is_missing_says_its_name,
)
