"""Tables of some hundreds of lines at most: read whole, then searched without accents, filtered, ordered, paged here.

Long tables (people, papers, the audit log) do the same in the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from cchc_app.contest import table_query
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import fold
from cchc_app.services.list_files import MOST_ROWS
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts.admin import file_note

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTable(Generic[T]):
    """What can be asked of a list, and how it is written to a file.

    Attributes:
        sorts: What lines are ordered by, by its name in addresses; the first is the order the list comes in when its
            key is None.
        searched: The texts of a line that a search looks into.
        filters: The value of a line, by the name of the filter in addresses.
        values: All values of a filter; one without takes those that occur.
        sheet: Name of the file's sheet.
        columns: Its headings and widths in characters.
        cells: One line of the file.
    """

    sorts: Mapping[str, Callable[[T], Any] | None]
    searched: Callable[[T], Iterable[str]]
    filters: Mapping[str, Callable[[T], str]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = ""
    columns: Sequence[tuple[str, int]] = ()
    cells: Callable[[T], Sequence[Cell]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Arranged(Generic[T]):
    """A page of a list.

    Attributes:
        lines: Of this page.
        found: How many the question finds on all pages.
        count: How many there are at all.
        query: The question as it was answered: a page beyond the last is the last.
        shape: What the list can be asked for.
    """

    lines: tuple[T, ...]
    found: int
    count: int
    query: TableQuery
    shape: TableShape


def arrange(table: ShortTable[T], lines: Sequence[T], asked: Mapping[str, object]) -> Arranged[T]:
    """The page of a list that an address asks for.

    Args:
        table: How.
        lines: The whole list.
        asked: The parameters of the page's address.
    """
    ways = _shape(table, lines)
    query = table_query.parse(ways, asked)
    found = _found(table, lines, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    return Arranged(tuple(found[first : first + ways.page_size]), len(found), len(lines), query, ways)


def short_file(table: ShortTable[T], lines: Sequence[T], asked: Mapping[str, object], *, now: datetime) -> bytes:
    """Every line the question finds, on whichever page, as .xlsx."""
    found = found_lines(table, lines, asked)[:MOST_ROWS]
    return workbook(short_sheet(table, found, file_note(now, len(found), MOST_ROWS)))


def found_lines(table: ShortTable[T], lines: Sequence[T], asked: Mapping[str, object]) -> list[T]:
    """Every line the question finds, on whichever page."""
    return _found(table, lines, table_query.parse(_shape(table, lines), asked))


def short_sheet(table: ShortTable[T], lines: Sequence[T], note: str) -> Sheet:
    """Lines of a list as a sheet, with its first line."""
    return Sheet(table.sheet, note, [Column(*column) for column in table.columns], map(table.cells, lines))


def _shape(table: ShortTable[T], lines: Sequence[T]) -> TableShape:
    values = {
        name: table.values.get(name) or tuple(dict.fromkeys(map(value, lines))) for name, value in table.filters.items()
    }
    return TableShape(tuple(table.sorts), values)


def _found(table: ShortTable[T], lines: Sequence[T], query: TableQuery) -> list[T]:
    wanted, order = fold(query.search), table.sorts[query.sort]
    found = [
        line
        for line in lines
        if all(table.filters[name](line) == value for name, value in query.filters.items())
        and (not wanted or any(wanted in fold(text) for text in table.searched(line)))
    ]
    if order is not None:
        found.sort(key=order)
    return found[::-1] if query.descending else found
