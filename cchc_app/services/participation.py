"""Who takes part: every unit and every bloc against its headcount, on one board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from cchc_app.contest import boards, table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.collective import FULL
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import collation_key, fold
from cchc_app.contest.timing import MILLISECOND
from cchc_app.data import overview as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import OVERALL, Unit
from cchc_app.data.units import headcounts
from cchc_app.services.overview import current_period
from cchc_app.services.staff_sessions import reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_overview as texts
from cchc_app.texts.formats import local
from cchc_app.texts.register import bloc_name

BOARD, BLOC, ZERO = "bang", "khoi", "co-nguoi"
ONLY_ZERO = "khong"
BY_RATE, BY_UNIT, BY_BLOC, BY_HEADCOUNT, BY_REGISTERED, BY_TAKING_PART, BY_SCORE = (
    "ty-le",
    "ten",
    "khoi",
    "bien-che",
    "dang-ky",
    "da-thi",
    "diem",
)
# The official order comes first: it is the order nobody can object to.
BY_ORDER = "thu-tu"
SORTS = (BY_ORDER, BY_RATE, BY_UNIT, BY_BLOC, BY_HEADCOUNT, BY_REGISTERED, BY_TAKING_PART, BY_SCORE)
OVERALL_NAME = "chung-cuoc"
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Participation:
    """One unit, or one bloc, on one board.

    Attributes:
        code: Of the unit; of the bloc.
        headcount: In force at the board's end, or now while it is open; None when it is not known for all of it.
        registered: People with an account.
        participants: Ranked people who finished a paper.
        correct: Right answers of their counted papers.
        total: Questions of these papers.
    """

    code: str
    name: str
    bloc: str
    headcount: int | None
    registered: int
    participants: int
    correct: int
    total: int
    search_key: str = ""

    @property
    def rate(self) -> Fraction | None:
        """participants / headcount in percent, not capped; None without a headcount."""
        return Fraction(self.participants * FULL, self.headcount) if self.headcount else None

    @property
    def score(self) -> Fraction | None:
        """Right answers in percent of the questions; None without papers."""
        return Fraction(self.correct * FULL, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class ParticipationTable:
    """A page of the units' table.

    Attributes:
        board: The board it is about, a period's number or `OVERALL`; None before the first opens.
        boards: Those one may choose.
        blocs: Every bloc, in the official order.
        lines: Units of this page.
        found: Lines the question finds on all pages.
        count: Units there are.
        query: The question as it was answered.
        withheld_until: From when participants see this board; None when they do now.
    """

    board: int | None
    boards: tuple[int, ...]
    blocs: tuple[Participation, ...]
    lines: tuple[Participation, ...]
    found: int
    count: int
    query: TableQuery
    withheld_until: datetime | None


def shape(blocs: Sequence[str], numbers: Sequence[int]) -> TableShape:
    """What the table can be asked for."""
    names = tuple(board_slug(number) for number in numbers)
    return TableShape(SORTS, {BOARD: names, BLOC: tuple(blocs), ZERO: (ONLY_ZERO,)}, PAGE_SIZE)


def board_slug(number: int) -> str:
    """How addresses name a board."""
    return OVERALL_NAME if number == OVERALL else str(number)


def participation_table(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> ParticipationTable:
    """A page of the units with how many of their people take part.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    contest, board, numbers, lines = _read(db, actor, asked, now)
    ways = shape(_blocs(lines), numbers)
    query = table_query.parse(ways, asked)
    found = arranged(lines, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    hidden = None
    if board is not None:
        rule_set, settled = contest.rule_set, contest.settled
        hidden = boards.withheld_until(rule_set=rule_set, board=board, settled=settled, now=now)
    return ParticipationTable(
        board=board,
        boards=numbers,
        blocs=tuple(_bloc(bloc, lines) for bloc in _blocs(lines)),
        lines=tuple(found[first : first + ways.page_size]),
        found=len(found),
        count=len(lines),
        query=query,
        withheld_until=hidden,
    )


def participation_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The same as .xlsx: every unit the question finds, and the blocs.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    _, board, numbers, lines = _read(db, actor, asked, now)
    query = table_query.parse(shape(_blocs(lines), numbers), asked)
    note = texts.file_note(board, now)
    columns = [Column(*column) for column in texts.FILE_COLUMNS]
    blocs = [_bloc(bloc, lines) for bloc in _blocs(lines)]
    return workbook(
        Sheet(texts.FILE_UNITS, note, columns, [_cells(n, one) for n, one in enumerate(arranged(lines, query), 1)]),
        Sheet(texts.FILE_BLOCS, note, columns, [_cells(n, one) for n, one in enumerate(blocs, 1)]),
    )


def arranged(lines: Sequence[Participation], query: TableQuery) -> list[Participation]:
    """The lines a question finds, in its order; units are a few hundred. What is not known comes before zero."""
    wanted = fold(query.search)
    found = [
        line
        for line in lines
        if query.filters.get(BLOC, line.bloc) == line.bloc
        and (ZERO not in query.filters or not line.participants)
        and (not wanted or wanted in line.search_key or wanted == line.code.casefold())
    ]
    if query.sort != BY_ORDER:
        found.sort(key=lambda line: _order(line, query.sort))
    return found[::-1] if query.descending else found


def _read(
    db: Database, actor: str, asked: Mapping[str, object], now: datetime
) -> tuple[ContestInForce, int | None, tuple[int, ...], list[Participation]]:
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        numbers = boards.opened(rule_set=contest.rule_set, now=now)
        wanted = {board_slug(number): number for number in numbers}.get(str(asked.get(BOARD)))
        board = wanted if wanted is not None else current_period(contest, now)
        totals = {} if board is None else rows.board_totals(session, contest_id=contest.contest_id, board=board)
        day = local(min(now, _end(contest, board) - MILLISECOND)).date()
        people = headcounts(session, contest.contest_id, on=day)
        registered = rows.registered_by_unit(session, contest.contest_id)
        units = rows.units(session, contest.contest_id)
    return contest, board, numbers, [_line(unit, people, registered, totals) for unit in units]


def _end(contest: ContestInForce, board: int | None) -> datetime:
    """When a board closes; a window does not contain its end, which may be the first instant of another day."""
    ends = {period.number: period.closes_at for period in contest.rule_set.periods}
    return ends.get(board or OVERALL, max(ends.values()))


def _line(
    unit: Unit, people: Mapping[int, int], registered: Mapping[int, int], totals: Mapping[int, rows.BoardTotals]
) -> Participation:
    unit_id = unit.id or 0
    done = totals.get(unit_id, rows.BoardTotals(0, 0, 0))
    return Participation(
        code=unit.code,
        name=unit.name,
        bloc=unit.bloc,
        headcount=people.get(unit_id),
        registered=registered.get(unit_id, 0),
        participants=done.participants,
        correct=done.correct,
        total=done.total,
        search_key=unit.search_key,
    )


def _bloc(bloc: str, lines: Iterable[Participation]) -> Participation:
    units = [line for line in lines if line.bloc == bloc]
    known = [line.headcount for line in units if line.headcount]
    return Participation(
        code=bloc,
        name=bloc_name(bloc),
        bloc=bloc,
        headcount=sum(known) if len(known) == len(units) else None,
        registered=sum(line.registered for line in units),
        participants=sum(line.participants for line in units),
        correct=sum(line.correct for line in units),
        total=sum(line.total for line in units),
    )


def _blocs(lines: Iterable[Participation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.bloc for line in lines))


def _order(line: Participation, sort: str) -> tuple[object, ...]:
    keys: dict[str, object] = {
        BY_UNIT: collation_key(line.name),
        BY_BLOC: collation_key(bloc_name(line.bloc)),
        BY_HEADCOUNT: line.headcount or 0,
        BY_REGISTERED: line.registered,
        BY_TAKING_PART: line.participants,
        BY_RATE: Fraction(-1) if line.rate is None else line.rate,
        BY_SCORE: Fraction(-1) if line.score is None else line.score,
    }
    return (keys[sort],)


def _cells(number: int, line: Participation) -> Sequence[Cell]:
    return (
        number,
        line.name,
        bloc_name(line.bloc),
        line.headcount,
        line.registered,
        line.participants,
        line.rate,
        line.score,
    )
