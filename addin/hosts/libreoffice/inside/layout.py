"""Where cells stand: widths, hidden rows, merged cells, inserting, deleting, copying, sorting, finding the edge."""

from __future__ import annotations

from typing import Any

import uno  # type: ignore[import-not-found]

from .failures import RequestError
from .protection import require_content, require_formatting
from .session import At, Session, enum, properties, struct
from .verbs import verb


@verb("range.measure")
def measure(session: Session, at: At) -> dict[str, Any]:
    """Position and size in hundredths of a millimetre."""
    cells = session.range(at)
    position, size = cells.Position, cells.Size
    return {"left": position.X, "top": position.Y, "width": size.Width, "height": size.Height}


@verb("range.sizes")
def sizes(session: Session, at: At, what: str) -> int | None:
    """The `width` of the columns or `height` of the rows in hundredths of a millimetre; None where they differ."""
    lines = session.range(at).Columns if what == "width" else session.range(at).Rows
    name = "Width" if what == "width" else "Height"
    first = getattr(lines.getByIndex(0), name)
    for index in range(1, lines.Count):
        if getattr(lines.getByIndex(index), name) != first:
            return None
    return int(first)


@verb("range.set_size")
def set_size(session: Session, at: At, what: str, value: int) -> None:
    """Set the width of the columns or the height of the rows."""
    require_formatting(session, at)
    if what == "width":
        session.range(at).Columns.Width = value
    else:
        session.range(at).Rows.Height = value


@verb("range.autofit")
def autofit(session: Session, at: At, columns: bool, rows: bool) -> None:
    """Fit widths and heights to the contents."""
    require_formatting(session, at)
    cells = session.range(at)
    if columns:
        cells.Columns.OptimalWidth = True
    if rows:
        cells.Rows.OptimalHeight = True


@verb("range.hidden")
def hidden(session: Session, at: At, what: str) -> bool | None:
    """Whether the `rows` or `columns` are hidden; None where they differ."""
    lines = session.range(at).Rows if what == "rows" else session.range(at).Columns
    shown = {bool(lines.getByIndex(index).IsVisible) for index in range(lines.Count)}
    return None if len(shown) > 1 else not shown.pop()


@verb("range.set_hidden")
def set_hidden(session: Session, at: At, what: str, hidden: bool) -> None:
    """Hide or show rows or columns."""
    require_formatting(session, at)
    lines = session.range(at).Rows if what == "rows" else session.range(at).Columns
    lines.IsVisible = not hidden


@verb("range.insert")
def insert(session: Session, at: At, shift: str) -> None:
    """Insert cells: `down`, `right`, whole `rows` or `columns`."""
    require_formatting(session, at)
    mode = enum("sheet.CellInsertMode", shift.upper())
    session.sheet(at[0]).insertCells(session.range(at).RangeAddress, mode)


@verb("range.delete")
def delete(session: Session, at: At, shift: str) -> None:
    """Delete cells: the rest moves `up` or `left`, or whole `rows` or `columns` go."""
    require_formatting(session, at)
    mode = enum("sheet.CellDeleteMode", shift.upper())
    session.sheet(at[0]).removeRange(session.range(at).RangeAddress, mode)


@verb("range.copy")
def copy(session: Session, source: At, at: At) -> None:
    """Copy a block, contents and formats, to where `at` begins; also to another workbook."""
    require_content(session, at)
    cells, target = session.range(source), session.range(at).getCellByPosition(0, 0)
    here, there = session.book_of(source[0]), session.book_of(at[0])
    if here.RuntimeUID == there.RuntimeUID:
        session.sheet(at[0]).copyRange(target.CellAddress, cells.RangeAddress)
        return
    before = [(book.CurrentController, book.CurrentController.getSelection()) for book in (here, there)]
    here.CurrentController.select(cells)
    contents = here.CurrentController.getTransferable()
    there.CurrentController.select(target)
    there.CurrentController.insertTransferable(contents)
    for controller, selection in before:
        controller.select(selection)


@verb("range.move")
def move(session: Session, source: At, at: At) -> None:
    """Move a block to where `at` begins, in the same workbook; formulas that point to it follow."""
    require_content(session, source)
    require_content(session, at)
    target = session.range(at).getCellByPosition(0, 0).CellAddress
    session.sheet(source[0]).moveRange(target, session.range(source).RangeAddress)


@verb("range.merge")
def merge(session: Session, at: At, across: bool) -> None:
    """Merge cells, each row by itself where `across`."""
    require_formatting(session, at)
    number, top, left, bottom, right = at
    rows = [(number, row, left, row, right) for row in range(top, bottom + 1)] if across else [at]
    for block in rows:
        session.range(block).merge(True)


@verb("range.unmerge")
def unmerge(session: Session, at: At) -> None:
    """Take merged cells apart."""
    require_formatting(session, at)
    session.range(at).merge(False)


@verb("range.merged")
def merged(session: Session, at: At) -> list[int]:
    """The merged block around the first cell, or the cell: top, left, bottom, right."""
    number, top, left, _, _ = at
    cursor = session.sheet(number).createCursorByRange(session.range((number, top, left, top, left)))
    cursor.collapseToMergedArea()
    a = cursor.RangeAddress
    return [a.StartRow, a.StartColumn, a.EndRow, a.EndColumn]


@verb("range.any_merged")
def any_merged(session: Session, at: At) -> bool:
    """Whether a block touches merged cells."""
    cells = session.range(at)
    if cells.getPropertyState("IsMerged") == enum("beans.PropertyState", "AMBIGUOUS_VALUE") or cells.IsMerged:
        return True
    return bool(merged(session, at) != [at[1], at[2], at[1], at[2]])


@verb("range.region")
def region(session: Session, at: At) -> list[int]:
    """The block around a cell that empty rows and columns bound."""
    cursor = session.sheet(at[0]).createCursorByRange(session.range(at))
    cursor.collapseToCurrentRegion()
    a = cursor.RangeAddress
    return [a.StartRow, a.StartColumn, a.EndRow, a.EndColumn]


@verb("range.end")
def end(session: Session, at: At, direction: str) -> list[int]:
    """Row and column where Ctrl and an arrow key lead from the first cell, by Excel's rule."""
    number, top, left = at[0], at[1], at[2]
    whole = session.sheet(number).RangeAddress
    vertical = direction in ("up", "down")
    step = 1 if direction in ("down", "right") else -1
    here, last = (top, whole.EndRow) if vertical else (left, whole.EndColumn)
    limit = last if step == 1 else 0
    if here == limit:
        return [top, left]
    line = (number, 0, left, last, left) if vertical else (number, top, 0, top, last)
    gaps = sorted(
        (a.StartRow, a.EndRow) if vertical else (a.StartColumn, a.EndColumn)
        for a in session.range(line).queryEmptyCells().getRangeAddresses()
    )
    stop = edge(gaps, here, step, limit)
    return [stop, left] if vertical else [top, stop]


def edge(gaps: list[tuple[int, int]], here: int, step: int, limit: int) -> int:
    """Excel's rule on a line of cells, of which `gaps` (sorted, ends included) are empty."""
    gap = next((g for g in gaps if g[0] <= here + step <= g[1]), None)
    if gap is not None:  # the neighbour is empty, so go to the next full cell
        beyond = gap[1] + 1 if step == 1 else gap[0] - 1
        return limit if (beyond > limit if step == 1 else beyond < limit) else beyond
    if step == 1:  # the neighbour is full, so go to the last full cell in a row
        return min([g[0] - 1 for g in gaps if g[0] > here] or [limit])
    return max([g[1] + 1 for g in gaps if g[1] < here] or [limit])


@verb("range.sort")
def sort(session: Session, at: At, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
    """Sort the rows of a block by columns (counted from 0)."""
    require_content(session, at)
    fields = tuple(
        struct("table.TableSortField", Field=keys[index], IsAscending=ascending[index], IsCaseSensitive=False)
        for index in range(len(keys))
    )
    arguments = properties(
        ContainsHeader=has_headers,
        IsSortColumns=False,
        MaxFieldCount=len(fields),
        BindFormatsToContent=True,
        SortFields=uno.Any("[]com.sun.star.table.TableSortField", fields),
    )
    session.range(at).sort(arguments)


@verb("range.group")
def group(session: Session, at: At, what: str, grouped: bool) -> None:
    """Group or ungroup `rows` or `columns`."""
    require_formatting(session, at)
    orientation = enum("table.TableOrientation", "ROWS" if what == "rows" else "COLUMNS")
    sheet, address = session.sheet(at[0]), session.range(at).RangeAddress
    if grouped:
        sheet.group(address, orientation)
    else:
        sheet.ungroup(address, orientation)


@verb("range.autofill")
def autofill(session: Session, at: At, direction: str, count: int) -> None:
    """Continue the first `count` rows or columns of a block over the rest of it."""
    require_content(session, at)
    session.range(at).fillAuto(enum("sheet.FillDirection", direction.upper()), count)


@verb("range.find")
def find(session: Session, at: At, text: str, whole: bool, backward: bool, by_columns: bool, match_case: bool) -> Any:
    """Row and column of the next cell that shows the text, searching on from the first cell; or None."""
    shown = matches(session, at, text, whole, match_case)
    if not shown:
        return None
    order = sorted(shown, key=lambda cell: (cell[1], cell[0]) if by_columns else cell)
    corner = (at[1], at[2])
    if backward:
        return order[-1]
    return next((cell for cell in order if cell != corner), order[0])


def matches(session: Session, at: At, text: str, whole: bool, match_case: bool) -> list[tuple[int, int]]:
    """The cells that show a text."""
    cells = session.range(at)
    search = cells.createSearchDescriptor()
    search.setSearchString(text)
    search.SearchCaseSensitive = match_case
    search.SearchWords = whole
    search.SearchType = 1  # what the cells show, not their formulas
    found = cells.findAll(search)
    if found is None:
        return []
    return [
        (row, column)
        for a in found.getRangeAddresses()
        for row in range(a.StartRow, a.EndRow + 1)
        for column in range(a.StartColumn, a.EndColumn + 1)
    ]


@verb("range.replace")
def replace(session: Session, at: At, old: str, new: str, whole: bool, match_case: bool) -> int:
    """Replace text in the contents of a block; how often."""
    require_content(session, at)
    cells = session.range(at)
    search = cells.createReplaceDescriptor()
    search.setSearchString(old)
    search.setReplaceString(new)
    search.SearchCaseSensitive = match_case
    search.SearchWords = whole
    return int(cells.replaceAll(search))


@verb("range.special")
def special(session: Session, at: At, kind: str, values: str | None) -> list[list[int]]:
    """Blocks of `blanks`, `constants`, `formulas` or `visible` cells, limited to `numbers`, `text` or `errors`."""
    cells = session.range(at)
    if kind == "blanks":
        found = cells.queryEmptyCells()
    elif kind == "visible":
        found = cells.queryVisibleCells()
    elif kind == "constants":
        flags = {None: 1 | 2 | 4, "numbers": 1 | 2, "text": 4}
        if values not in flags:
            raise RequestError("unsupported", f"constants that are {values}")
        found = cells.queryContentCells(flags[values])
    else:
        results = {None: 1 | 2 | 4, "numbers": 1, "text": 2, "errors": 4}
        if values not in results:
            raise RequestError("unsupported", f"formulas that give {values}")
        found = cells.queryFormulaCells(results[values])
    return [[a.StartRow, a.StartColumn, a.EndRow, a.EndColumn] for a in found.getRangeAddresses()]
