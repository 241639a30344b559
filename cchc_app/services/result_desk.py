"""What organisers see of official results: every board, its versions, one version's places and units; the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from cchc_app.contest import collective, official, table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import CollectiveRules, Formula
from cchc_app.contest.errors import ContestError
from cchc_app.contest.staffing import Action
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import fold
from cchc_app.data import audit, prize_lists
from cchc_app.data import official as results
from cchc_app.data import official_pages as rows
from cchc_app.data.contests import ContestInForce, contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.official_pages import PlaceLine
from cchc_app.data.tables import OfficialResult
from cchc_app.services.close_board import closable
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_results as texts
from cchc_app.texts.register import bloc_name

BOARD, VERSION, BLOC = "bang", "ban", "khoi"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A board: its number, when it is over, its newest official version (0 for none)."""

    board: int
    closes_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a board's official result."""

    version: int
    people: int
    digest: str
    reason: str
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of a frozen board with its formula; `rank` None if it has none."""

    name: str
    bloc: str
    rank: int | None
    bloc_rank: int | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class ResultDesk:
    """The page.

    Attributes:
        boards: All of them.
        board: The one shown.
        obstacle: Why it cannot be closed now; None when it can.
        versions: Of this board, the newest first.
        shown: The version whose places are shown; 0 for none.
        query: What the table was asked for.
        shape: What it can be asked for.
        lines: The places of the page shown.
        found: Places on all pages.
        units: Of the version shown, in order.
    """

    boards: tuple[BoardLine, ...]
    board: int
    obstacle: ContestError | None
    versions: tuple[VersionLine, ...]
    shown: int
    query: TableQuery
    shape: TableShape
    lines: Sequence[PlaceLine]
    found: int
    units: Sequence[UnitLine]


def result_desk(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> ResultDesk:
    """The page as an address asks for it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        found = results.results(session, contest.contest_id)
        query, shape, result = _asked(session, contest, found, asked)
        board = _board(query, contest)
        places, count = _places(session, result, query, shape)
        return ResultDesk(
            boards=_boards(contest, found),
            board=board,
            obstacle=_obstacle(session, board, now),
            versions=tuple(_version(one) for one in found if one.board == board),
            shown=result.version if result else 0,
            query=query,
            shape=shape,
            lines=places,
            found=count,
            units=_units(session, contest, result),
        )


def result_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The version shown as .xlsx: the places the question finds, and all units.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        query, _, result = _asked(session, contest, results.results(session, contest.contest_id), asked)
        board, version = _board(query, contest), result.version if result else 0
        audit.append(session, at=now, actor=actor, action=Action.RESULT_FILE_TAKEN, subject=f"result:{board}:{version}")
    with db.read() as session:
        lines = rows.places(session, result.id or 0, **_question(query)) if result else ()
        units = _units(session, contest, result)
    note = texts.file_note(board, version, result.digest if result else "", now)
    return workbook(
        Sheet(texts.PLACES_SHEET, note, [Column(*one) for one in texts.PLACE_COLUMNS], map(_place_cells, lines)),
        Sheet(texts.UNITS_SHEET, note, [Column(*one) for one in texts.UNIT_COLUMNS], map(_unit_cells, units)),
    )


def _asked(
    session: Session, contest: ContestInForce, found: Sequence[OfficialResult], asked: Mapping[str, object]
) -> tuple[TableQuery, TableShape, OfficialResult | None]:
    units = prize_lists.units(session, contest.contest_id)
    shape = TableShape(
        sorts=(rows.BY_PLACE, rows.BY_NAME, rows.BY_UNIT),
        filters={
            BOARD: tuple(str(board) for board in _numbers(contest)),
            VERSION: tuple(sorted({str(one.version) for one in found})),
            BLOC: tuple(dict.fromkeys(unit.bloc for unit in units.values())),
        },
    )
    query = table_query.parse(shape, asked)
    board, version = _board(query, contest), query.filters.get(VERSION)
    mine = [one for one in found if one.board == board]
    chosen = next((one for one in mine if str(one.version) == version), None)
    return query, shape, chosen or (mine[0] if mine else None)


def _numbers(contest: ContestInForce) -> tuple[int, ...]:
    return (*(period.number for period in contest.rule_set.periods), OVERALL)


def _board(query: TableQuery, contest: ContestInForce) -> int:
    return int(query.filters.get(BOARD, _numbers(contest)[0]))


def _boards(contest: ContestInForce, found: Sequence[OfficialResult]) -> tuple[BoardLine, ...]:
    newest = {one.board: one.version for one in reversed(found)}
    ends = {period.number: period.closes_at for period in contest.rule_set.periods}
    ends[OVERALL] = max(ends.values())
    return tuple(BoardLine(board, ends[board], newest.get(board, 0)) for board in _numbers(contest))


def _obstacle(session: Session, board: int, now: datetime) -> ContestError | None:
    try:
        closable(session, board, now)
    except ContestError as error:
        return error
    return None


def _places(
    session: Session, result: OfficialResult | None, query: TableQuery, shape: TableShape
) -> tuple[Sequence[PlaceLine], int]:
    if result is None:
        return (), 0
    question = _question(query)
    offset = (query.page - 1) * shape.page_size
    lines = rows.places(session, result.id or 0, **question, offset=offset, limit=shape.page_size)
    counted = {"folded": question["folded"], "bloc": question["bloc"]}
    return lines, rows.places_found(session, result.id or 0, **counted)


def _question(query: TableQuery) -> dict:
    return {
        "folded": fold(query.search),
        "bloc": query.filters.get(BLOC, ""),
        "sort": query.sort,
        "descending": query.descending,
    }


def _version(one: OfficialResult) -> VersionLine:
    return VersionLine(one.version, one.people, one.digest, one.reason, one.closed_by, one.closed_at)


def _units(session: Session, contest: ContestInForce, result: OfficialResult | None) -> Sequence[UnitLine]:
    if result is None:
        return ()
    rules: CollectiveRules = rule_set_of(session, result.rule_set_id).collective
    names = prize_lists.units(session, contest.contest_id)
    return [
        UnitLine(
            name=names[line["unit_id"]].name,
            bloc=line["bloc"],
            rank=line["rank"],
            bloc_rank=line["bloc_rank"],
            formula=collective.formula(totals=official.totals_of(line), rules=rules),
        )
        for line in result.units
    ]


def _place_cells(line: PlaceLine) -> Sequence[Cell]:
    return (
        line.place,
        line.full_name,
        line.citizen_id_masked,
        line.unit_name,
        bloc_name(line.bloc),
        line.points,
        line.correct,
        line.total,
        Fraction(line.time_used_ms, 1000),
        line.finished_at,
    )


def _unit_cells(line: UnitLine) -> Sequence[Cell]:
    formula = line.formula
    return (
        line.rank,
        line.bloc_rank,
        line.name,
        bloc_name(line.bloc),
        formula.totals.headcount,
        formula.totals.participants,
        formula.totals.attempts,
        formula.rate,
        formula.score,
        formula.result,
        texts.UNRANKED[formula.unranked] if formula.unranked else "",
    )
