"""What organisers see of official results: every board, its versions, one version's places or units; the file."""

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
from cchc_app.contest.table_query import TableQuery, TableShape, page_count
from cchc_app.contest.text import collation_key, fold
from cchc_app.data import audit, prize_lists
from cchc_app.data import official as results
from cchc_app.data import official_pages as rows
from cchc_app.data.contests import ContestInForce, contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.official_pages import PlaceLine
from cchc_app.data.tables import OfficialResult
from cchc_app.services.close_board import closable
from cchc_app.services.short_tables import Arranged, ShortTable, arrange, found_lines, short_sheet
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_results as texts
from cchc_app.texts.register import bloc_name

BOARD, VERSION, VIEW, BLOC = "bang", "ban", "xem", "khoi"
OF_UNITS = "don-vi"
# Names in addresses of the units' columns.
BY_RANK, BY_UNIT_NAME, BY_BLOC_RANK, BY_HEADCOUNT = "hang", "ten", "trong-khoi", "quan-so"
BY_PARTICIPANTS, BY_RATE, BY_SCORE, BY_RESULT = "du-thi", "ty-le", "diem", "ket-qua"


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
        shown: The version shown; 0 for none.
        people: How many have a place in it.
        unit_count: How many units it has.
        ranked_units: How many of them have a rank.
        places: The places the address asks for; None when it asks for units.
        units: The units it asks for; None when it asks for places.
    """

    boards: tuple[BoardLine, ...]
    board: int
    obstacle: ContestError | None
    versions: tuple[VersionLine, ...]
    shown: int
    people: int
    unit_count: int
    ranked_units: int
    places: Arranged[PlaceLine] | None
    units: Arranged[UnitLine] | None


def result_desk(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> ResultDesk:
    """The page as an address asks for it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        found = results.results(session, contest.contest_id)
        board, result = _shown(contest, found, asked)
        of_units = asked.get(VIEW) == OF_UNITS
        return ResultDesk(
            boards=_boards(contest, found),
            board=board,
            obstacle=_obstacle(session, board, now),
            versions=tuple(_version(one) for one in found if one.board == board),
            shown=result.version if result else 0,
            people=result.people if result else 0,
            unit_count=len(result.units) if result else 0,
            ranked_units=sum(line["rank"] is not None for line in result.units) if result else 0,
            places=None if of_units else _places(session, contest, result, asked),
            units=arrange(UNITS, _units(session, contest, result), asked) if of_units else None,
        )


def result_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The version shown as .xlsx: the places and the units the question finds.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        board, result = _shown(contest, results.results(session, contest.contest_id), asked)
        version = result.version if result else 0
        audit.append(session, at=now, actor=actor, action=Action.RESULT_FILE_TAKEN, subject=f"result:{board}:{version}")
    with db.read() as session:
        query = table_query.parse(_place_shape(session, contest), asked)
        lines = rows.places(session, result.id or 0, **_question(query)) if result else ()
        units = found_lines(UNITS, _units(session, contest, result), asked)
    note = texts.file_note(board, version, result.digest if result else "", now)
    return workbook(
        Sheet(texts.PLACES_SHEET, note, [Column(*one) for one in texts.PLACE_COLUMNS], map(_place_cells, lines)),
        short_sheet(UNITS, units, note),
    )


def _shown(
    contest: ContestInForce, found: Sequence[OfficialResult], asked: Mapping[str, object]
) -> tuple[int, OfficialResult | None]:
    """The board an address asks for, else the first; the version it asks for, else the newest."""
    numbers = _numbers(contest)
    board = next((number for number in numbers if str(number) == asked.get(BOARD)), numbers[0])
    mine = [one for one in found if one.board == board]
    chosen = next((one for one in mine if str(one.version) == asked.get(VERSION)), None)
    return board, chosen or (mine[0] if mine else None)


def _numbers(contest: ContestInForce) -> tuple[int, ...]:
    return (*(period.number for period in contest.rule_set.periods), OVERALL)


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


def _place_shape(session: Session, contest: ContestInForce) -> TableShape:
    units = prize_lists.units(session, contest.contest_id)
    return TableShape(
        sorts=(rows.BY_PLACE, rows.BY_NAME, rows.BY_UNIT),
        filters={BLOC: tuple(dict.fromkeys(unit.bloc for unit in units.values()))},
    )


def _places(
    session: Session, contest: ContestInForce, result: OfficialResult | None, asked: Mapping[str, object]
) -> Arranged[PlaceLine]:
    shape = _place_shape(session, contest)
    query = table_query.parse(shape, asked)
    if result is None:
        return Arranged((), 0, 0, query, shape)
    question = _question(query)
    found = rows.places_found(session, result.id or 0, folded=question["folded"], bloc=question["bloc"])
    query = query.on_page(min(query.page, page_count(shape, found)))
    offset = (query.page - 1) * shape.page_size
    lines = rows.places(session, result.id or 0, **question, offset=offset, limit=shape.page_size)
    return Arranged(tuple(lines), found, result.people, query, shape)


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


def _figure(value: int | Fraction | None) -> int | Fraction:
    """Who has no figure comes below the lowest."""
    return -1 if value is None else value


UNITS: ShortTable[UnitLine] = ShortTable(
    sorts={
        BY_RANK: None,
        BY_UNIT_NAME: lambda line: collation_key(line.name),
        BY_BLOC_RANK: lambda line: (line.bloc_rank is None, line.bloc_rank or 0),
        BY_HEADCOUNT: lambda line: _figure(line.formula.totals.headcount),
        BY_PARTICIPANTS: lambda line: line.formula.totals.participants,
        BY_RATE: lambda line: _figure(line.formula.rate),
        BY_SCORE: lambda line: _figure(line.formula.score),
        BY_RESULT: lambda line: _figure(line.formula.result),
    },
    searched=lambda line: (line.name,),
    filters={BLOC: lambda line: line.bloc},
    sheet=texts.UNITS_SHEET,
    columns=texts.UNIT_COLUMNS,
    cells=_unit_cells,
)
