"""The organisers' list of participants: searched, filtered, sorted, paged, exported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.identity import normalise_digits
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import fold
from cchc_app.data import people
from cchc_app.data import people_table as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.people_table import PersonRow, Wanted
from cchc_app.services.list_files import MOST_ROWS, taken
from cchc_app.services.staff_sessions import reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_people as texts
from cchc_app.texts.admin import file_note
from cchc_app.texts.register import bloc_name

# Names in addresses.
UNIT, BLOC, STATE, IDENTITY = "don-vi", "khoi", "tinh-trang", "dinh-danh"
BY_NAME, BY_UNIT, BY_CREATED = "ten", "don-vi", "ngay"
SORTS = {BY_NAME: rows.BY_NAME, BY_UNIT: rows.BY_UNIT, BY_CREATED: rows.BY_CREATED}
FLAGS: Mapping[str, Mapping[str, bool]] = {
    "bi-khoa": {"blocked": True},
    "bi-loai": {"disqualified": True},
    "khong-xep-hang": {"ranked": False},
    "binh-thuong": {"blocked": False, "disqualified": False, "ranked": True},
}
IDENTITIES = ("vneid", "chua-vneid", "chua-chuan-hoa")
LAST_DIGITS = 2  # that a masked number shows


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit one can filter by."""

    code: str
    name: str
    bloc: str


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A page of the list.

    Attributes:
        lines: Of this page.
        found: How many the question finds on all pages.
        count: How many there are at all.
        query: The question as it was answered: a page beyond the last is the last.
        units: Every unit in the official order.
    """

    lines: Sequence[PersonRow]
    found: int
    count: int
    query: TableQuery
    units: tuple[UnitName, ...]


def shape(units: Sequence[UnitName]) -> TableShape:
    """What the list can be asked for."""
    filters = {
        UNIT: tuple(unit.code for unit in units),
        BLOC: tuple(dict.fromkeys(unit.bloc for unit in units)),
        STATE: tuple(FLAGS),
        IDENTITY: IDENTITIES,
    }
    return TableShape(tuple(SORTS), filters)


def tidy_search(typed: str) -> str:
    """What may stand in an address of what was typed: of a number only the digits that its mask shows too."""
    digits = normalise_digits(typed)
    return digits[-LAST_DIGITS:] if digits.isascii() and digits.isdigit() and len(digits) > LAST_DIGITS else typed


def people_table(db: Database, *, actor: str, asked: Mapping[str, object]) -> PeopleTable:
    """A page of the list.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        units = unit_names(session, contest_id)
        ways = shape(units)
        query = table_query.parse(ways, asked)
        everybody, wanted = Wanted(), _wanted(query)
        found = rows.count(session, contest_id, wanted)
        count = found if wanted == everybody else rows.count(session, contest_id, everybody)
        query = query.on_page(min(query.page, table_query.page_count(ways, found)))
        lines = rows.page(
            session,
            contest_id,
            wanted,
            order=SORTS[query.sort],
            descending=query.descending,
            offset=(query.page - 1) * ways.page_size,
            limit=ways.page_size,
        )
    return PeopleTable(lines, found, count, query, units)


def unit_names(session: Session, contest_id: int) -> tuple[UnitName, ...]:
    """Every unit in the official order."""
    return tuple(UnitName(unit.code, unit.name, unit.bloc) for unit in people.units(session, contest_id))


def people_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The list as .xlsx: everybody the question finds, up to `MOST_ROWS`. Numbers are masked.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        contest_id = taken(session, actor=actor, name="people", now=now)
    with db.read() as session:
        query = table_query.parse(shape(unit_names(session, contest_id)), asked)
        order = {"order": SORTS[query.sort], "descending": query.descending}
        found = rows.page(session, contest_id, _wanted(query), **order, offset=0, limit=MOST_ROWS)
    columns = [Column(*column) for column in texts.FILE_COLUMNS]
    note = file_note(now, len(found), MOST_ROWS)
    return workbook(Sheet(texts.FILE_SHEET, note, columns, [_cells(n, row) for n, row in enumerate(found, 1)]))


def _wanted(query: TableQuery) -> Wanted:
    search = query.search
    digits = normalise_digits(search)
    if digits and digits.isascii() and digits.isdigit():
        wanted = Wanted(digits=digits[-LAST_DIGITS:])
    else:
        wanted = Wanted(folded=fold(search))
    identity = query.filters.get(IDENTITY, "")
    flags = dict(FLAGS.get(query.filters.get(STATE, ""), {}))
    if identity == "chua-chuan-hoa":
        flags["identity_normalised"] = False
    return replace(
        wanted,
        unit_code=query.filters.get(UNIT, ""),
        bloc=query.filters.get(BLOC, ""),
        flags=flags or None,
        linked={"vneid": True, "chua-vneid": False}.get(identity),
    )


def _cells(number: int, row: PersonRow) -> Sequence[Cell]:
    return (
        number,
        row.full_name,
        row.citizen_id_masked,
        row.unit_code,
        row.unit_name,
        bloc_name(row.bloc),
        ", ".join(name for name, _ in texts.states(row)),
        texts.identity(row),
        row.papers,
        row.created_at,
    )
