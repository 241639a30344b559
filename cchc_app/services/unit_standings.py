"""The boards of units and of blocs: the regulations' formula over totals that are kept as papers are closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import collective
from cchc_app.contest.collective import Formula, UnitStanding, UnitTotals
from cchc_app.contest.text import fold
from cchc_app.data.contests import ContestInForce
from cchc_app.data.engine import Database
from cchc_app.data.overview import units
from cchc_app.data.tables import Unit
from cchc_app.data.unit_totals import totals
from cchc_app.data.units import headcounts
from cchc_app.services.board_looks import BoardFreeze, looking
from cchc_app.services.official_results import last_day


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit's line.

    Attributes:
        key: Its code: by it browsers recognise the line.
        rank: Among all; None without one.
        bloc_rank: In its bloc.
        formula: How its result comes about, with its own numbers.
        search_key: What it is found by.
    """

    key: str
    name: str
    bloc: str
    rank: int | None
    bloc_rank: int | None
    formula: Formula
    search_key: str

    @property
    def figures(self) -> tuple[object, ...]:
        """What changes when somebody of the unit finishes."""
        of = self.formula.totals
        return (of.participants, of.attempts, of.points, of.headcount)


@dataclass(frozen=True, slots=True)
class BlocEntry:
    """One bloc: its units added up, and how many of them have a rank.

    Attributes:
        formula: Of all of them together; no board ranks blocs.
    """

    code: str
    units: int
    ranked: int
    formula: Formula


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """A board of all units, or, while it is withheld, only when it appears.

    Attributes:
        number: The period, or `contest.boards.OVERALL`.
        rows: Every unit: the ranked ones best first, then the others in the official order. None while withheld.
        blocs: In the official order.
        size: Units; None while withheld.
        withheld_until: As of the board of individuals.
        freeze: As of the board of individuals.
    """

    number: int
    rows: tuple[UnitEntry, ...]
    blocs: tuple[BlocEntry, ...]
    size: int | None
    withheld_until: datetime | None
    freeze: BoardFreeze | None = None


def unit_board(db: Database, *, period_number: int, now: datetime) -> UnitBoard:
    """The board of a period or of the whole contest: so many queries, however many attempts there are.

    Args:
        period_number: The period, or `contest.boards.OVERALL`.

    Raises:
        ContestError: CONTEST_MISSING; NO_PERIOD for a board that does not exist or has not opened.
    """
    with looking(db, number=period_number, now=now) as (session, look):
        if look.withheld_until is not None:
            return UnitBoard(period_number, (), (), None, look.withheld_until)
        everyone = {unit.id or 0: unit for unit in units(session, look.contest.contest_id)}
        known = unit_totals(session, look.contest, list(everyone.values()), board=look.number, frozen=look.frozen)
    ranked = collective.rank(units=known, rules=look.contest.rule_set.collective)
    rows = tuple(_entry(one, everyone[one.formula.totals.unit_id]) for one in ranked)
    return UnitBoard(period_number, rows, _blocs(rows), len(rows), None, look.freeze)


def unit_totals(
    session: Session, contest: ContestInForce, everyone: Sequence[Unit], *, board: int, frozen: bool = False
) -> tuple[UnitTotals, ...]:
    """What the formula starts from, for every unit in the official order.

    Args:
        frozen: As it was when the board was frozen; headcounts are always those of the last day.
    """
    done = totals(session, contest_id=contest.contest_id, board=board, frozen=frozen)
    heads = headcounts(session, contest.contest_id, on=last_day(contest.rule_set, board))
    worth = contest.rule_set.quiz.points_per_question
    found = []
    for unit in everyone:
        row = done.get(unit.id or 0)
        found.append(
            UnitTotals(
                unit_id=unit.id or 0,
                bloc=unit.bloc,
                position=unit.position,
                headcount=heads.get(unit.id or 0),
                participants=row.participants if row else 0,
                attempts=row.attempts if row else 0,
                papers=row.papers if row else 0,
                points=row.points if row else 0,
                most_points=row.total * worth if row else 0,
                time_used_ms=row.time_used_ms if row else 0,
            )
        )
    return tuple(found)


def unit_line(board: UnitBoard, code: str) -> UnitEntry | None:
    """The line of a unit by its code."""
    return next((row for row in board.rows if row.key == code), None)


def found_units(board: UnitBoard, wanted: str) -> tuple[UnitEntry, ...]:
    """Lines whose unit's name, other names or code contain `wanted`, accents ignored; all for nothing."""
    folded = fold(wanted)
    return tuple(row for row in board.rows if folded in row.search_key or folded == fold(row.key))


def in_bloc(board: UnitBoard, bloc: str) -> tuple[UnitEntry, ...]:
    """Lines of one bloc; all for nothing."""
    return tuple(row for row in board.rows if not bloc or row.bloc == bloc)


def _entry(one: UnitStanding, unit: Unit) -> UnitEntry:
    return UnitEntry(unit.code, unit.name, unit.bloc, one.rank, one.bloc_rank, one.formula, unit.search_key)


def _blocs(rows: Sequence[UnitEntry]) -> tuple[BlocEntry, ...]:
    in_order = sorted(rows, key=lambda row: row.formula.totals.position)
    codes = dict.fromkeys(row.bloc for row in in_order)
    return tuple(_bloc(code, [row for row in in_order if row.bloc == code]) for code in codes)


def _bloc(code: str, rows: Sequence[UnitEntry]) -> BlocEntry:
    parts = [row.formula.totals for row in rows]
    heads = [part.headcount for part in parts if part.headcount]
    whole = UnitTotals(
        unit_id=0,
        bloc=code,
        position=0,
        headcount=sum(heads) if len(heads) == len(parts) else None,
        participants=sum(part.participants for part in parts),
        attempts=sum(part.attempts for part in parts),
        papers=sum(part.papers for part in parts),
        points=sum(part.points for part in parts),
        most_points=sum(part.most_points for part in parts),
        time_used_ms=sum(part.time_used_ms for part in parts),
    )
    formula = collective.formula(totals=whole, rules=rows[0].formula.rules)
    return BlocEntry(code, len(rows), sum(row.rank is not None for row in rows), formula)
