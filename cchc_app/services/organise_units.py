"""The organisers' list of units with figures of each, and everything about one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from cchc_app.contest import schedule, table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import collation_key, fold
from cchc_app.data import organised_units as rows
from cchc_app.data import people
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Unit, UnitHeadcount
from cchc_app.services.list_files import taken
from cchc_app.services.staff_sessions import reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_units as texts
from cchc_app.texts.formats import local
from cchc_app.texts.register import bloc_name

# Names in addresses.
BLOC, STATE = "khoi", "tham-gia"
BY_OFFICIAL, BY_NAME, BY_HEADCOUNT, BY_REGISTERED, BY_WEEK, BY_OVERALL, BY_RATE = (
    "khoi",
    "ten",
    "so-nguoi",
    "dang-ky",
    "tuan-nay",
    "da-thi",
    "ty-le",
)
SORTS = (BY_OFFICIAL, BY_NAME, BY_HEADCOUNT, BY_REGISTERED, BY_WEEK, BY_OVERALL, BY_RATE)
NOBODY, NO_PAPERS, TAKING_PART, NO_HEADCOUNT = "chua-co-ai", "chua-thi", "da-thi", "chua-co-so-nguoi"
STATES = (NOBODY, NO_PAPERS, TAKING_PART, NO_HEADCOUNT)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit.

    Attributes:
        headcount: In force today; None when there is none.
        since: From when the headcount holds.
        permille: People who took part by headcount, in tenths of a per cent, at most 1000; None without headcount.
    """

    unit_id: int
    code: str
    name: str
    bloc: str
    search_key: str
    headcount: int | None
    since: date | None
    source: str
    registered: int
    this_week: int
    overall: int
    permille: int | None


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A page of the list.

    Attributes:
        lines: Of this page.
        found: How many the question finds on all pages.
        count: How many there are at all.
        query: The question as it was answered.
        blocs: Those there are, in the official order.
        period_number: The week that is open; None between weeks.
    """

    lines: tuple[UnitLine, ...]
    found: int
    count: int
    query: TableQuery
    blocs: tuple[str, ...]
    period_number: int | None


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """One unit with what can be changed; `aliases` are stored without case and accents."""

    line: UnitLine
    aliases: str
    headcounts: tuple[UnitHeadcount, ...]
    roster: int


def shape(blocs: Sequence[str]) -> TableShape:
    """What the list can be asked for."""
    return TableShape(SORTS, {BLOC: tuple(blocs), STATE: STATES})


def unit_table(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> UnitTable:
    """A page of the list.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.
        now: Which headcounts are in force, which week is open.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        lines, period = every_line(session, contest, now=now)
    blocs = tuple(dict.fromkeys(line.bloc for line in lines))
    ways = shape(blocs)
    query = table_query.parse(ways, asked)
    found = arranged(lines, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    return UnitTable(tuple(found[first : first + ways.page_size]), len(found), len(lines), query, blocs, period)


def every_line(session: Session, contest: ContestInForce, *, now: datetime) -> tuple[list[UnitLine], int | None]:
    """Every unit in the official order, and the week that is open; as many queries however many units there are."""
    index = schedule.open_index(windows=[period.window for period in contest.rule_set.periods], now=now)
    period = None if index is None else contest.rule_set.periods[index].number
    found = rows.figures(session, contest.contest_id, on=local(now).date(), period_number=period)
    return [_line(unit, found) for unit in people.units(session, contest.contest_id)], period


def arranged(lines: Sequence[UnitLine], query: TableQuery) -> list[UnitLine]:
    """The lines a question finds, in its order: units are a few hundred."""
    wanted, state = fold(query.search), query.filters.get(STATE)
    found = [
        line
        for line in lines
        if query.filters.get(BLOC, line.bloc) == line.bloc
        and (state is None or state in _states(line))
        and (not wanted or wanted in line.search_key or wanted in line.code.casefold())
    ]
    if query.sort != BY_OFFICIAL:
        found.sort(key=lambda line: _order(line, query.sort))
    return found[::-1] if query.descending else found


def unit_detail(db: Database, *, actor: str, code: str, now: datetime) -> UnitDetail:
    """One unit.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, UNIT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        lines, _ = every_line(session, contest_in_force(session), now=now)
        line = next((line for line in lines if line.code == code), None)
        if line is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        history = tuple(rows.headcounts_of(session, line.unit_id))
        return UnitDetail(
            line, aliases_of(line.name, line.search_key), history, rows.roster_size(session, line.unit_id)
        )


def unit_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The list as .xlsx: every unit the question finds.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        taken(session, actor=actor, name="units", now=now)
        lines, _ = every_line(session, contest_in_force(session), now=now)
    query = table_query.parse(shape(tuple(dict.fromkeys(line.bloc for line in lines))), asked)
    columns = [Column(*column) for column in texts.FILE_COLUMNS]
    cells = [_cells(line) for line in arranged(lines, query)]
    return workbook(Sheet(texts.FILE_SHEET, texts.job_by(actor, now), columns, cells))


def aliases_of(name: str, search_key: str) -> str:
    """The other names in a search key: what follows the name itself."""
    return search_key.removeprefix(fold(name)).strip()


def _line(unit: Unit, found: rows.Figures) -> UnitLine:
    unit_id = unit.id or 0
    headcount, overall = found.headcounts.get(unit_id), found.overall.get(unit_id, 0)
    return UnitLine(
        unit_id=unit_id,
        code=unit.code,
        name=unit.name,
        bloc=unit.bloc,
        search_key=unit.search_key,
        headcount=headcount.headcount if headcount else None,
        since=headcount.effective_from if headcount else None,
        source=headcount.source if headcount else "",
        registered=found.registered.get(unit_id, 0),
        this_week=found.this_week.get(unit_id, 0),
        overall=overall,
        permille=min(1000, overall * 1000 // headcount.headcount) if headcount and headcount.headcount else None,
    )


def _states(line: UnitLine) -> tuple[str, ...]:
    part = TAKING_PART if line.overall else NO_PAPERS if line.registered else NOBODY
    return (part,) if line.headcount is not None else (part, NO_HEADCOUNT)


def _order(line: UnitLine, sort: str) -> Any:
    return {
        BY_NAME: collation_key(line.name),
        BY_HEADCOUNT: line.headcount or 0,
        BY_REGISTERED: line.registered,
        BY_WEEK: line.this_week,
        BY_OVERALL: line.overall,
        BY_RATE: -1 if line.permille is None else line.permille,
    }[sort]


def _cells(line: UnitLine) -> Sequence[Cell]:
    return (
        line.code,
        line.name,
        bloc_name(line.bloc),
        line.headcount,
        texts.day_text(line.since),
        texts.source(line.source),
        line.registered,
        line.this_week,
        line.overall,
        texts.percent(line.permille),
    )
