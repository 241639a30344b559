"""Reading the boards: pages, places and searches on the standings' indexes, and the counter that says "changed"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cchc_app.contest.regulations import TieBreak
from cchc_app.data.inserts import INSERTS
from cchc_app.data.tables import (
    BoardVersion,
    FrozenStanding,
    FrozenUnitTotal,
    Participant,
    Standing,
    Unit,
    UnitTotal,
)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One person's line of a board."""

    rank: int
    participant_id: int
    full_name: str
    unit_name: str
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """What a place is made of: people on the board, and how many are ahead, in the unit and at each step."""

    size: int
    ahead_in_unit: int
    ahead: Mapping[TieBreak, int]


# One person's place: as it is, or as it was when the board was frozen. Every reading is of one of the two.
BoardRow = Standing | FrozenStanding


def _columns(line: Any) -> list[Any]:
    """What a BoardLine holds but for its rank."""
    return [
        line.participant_id,
        col(Participant.full_name),
        col(Unit.name),
        line.points,
        line.correct,
        line.total,
        line.time_used_ms,
        line.finished_at,
    ]


def version(session: Session, contest_id: int) -> int:
    """How often the boards of a contest have changed. Never shown: it would count papers while counts are hidden."""
    found = session.execute(select(col(BoardVersion.version)).where(col(BoardVersion.contest_id) == contest_id))
    return found.scalar_one_or_none() or 0


def raise_version(session: Session, contest_id: int) -> None:
    """Say that a board has changed. To be called last: everybody who closes a paper waits for this one row."""
    session.execute(_RAISING[session.get_bind().dialect.name], {"contest_id": contest_id})


def size(session: Session, *, contest_id: int, board: int, frozen: bool = False) -> int:
    """How many people are on a board: of the units' totals, however many they are.

    Args:
        frozen: As it was when the board was frozen; so in the other functions.
    """
    table: Any = FrozenUnitTotal if frozen else UnitTotal
    query = select(func.coalesce(func.sum(table.participants), 0)).where(*_on(table, contest_id, board))
    return int(session.execute(query).scalar_one())


def page(
    session: Session, *, contest_id: int, board: int, offset: int, limit: int, frozen: bool = False
) -> Sequence[BoardLine]:
    """Lines `offset + 1` to `offset + limit` of a board."""
    query = page_query(contest_id=contest_id, board=board, offset=offset, limit=limit, frozen=frozen)
    return [BoardLine(rank, *row) for rank, row in enumerate(session.execute(query).all(), offset + 1)]


def page_query(
    *, contest_id: int, board: int, offset: int, limit: int, frozen: bool = False
) -> Select[*tuple[Any, ...]]:
    """The statement of `page`: it walks the index and joins names to the lines of the page only."""
    table = _table(frozen)
    whole, key = _on(table, contest_id, board), col(table.rank_key)
    top = select(table).where(*whole).order_by(key).limit(limit)
    if offset:
        # What is skipped is skipped on the index alone.
        first = select(key).where(*whole).order_by(key).offset(offset).limit(1)
        top = top.where(key >= first.scalar_subquery())
    line = aliased(table, top.subquery())
    return (
        select(*_columns(line))
        .join(Participant, col(Participant.id) == line.participant_id)
        .join(Unit, col(Unit.id) == line.unit_id)
        .order_by(line.rank_key)
    )


def own_row(
    session: Session, *, contest_id: int, board: int, participant_id: int, frozen: bool = False
) -> BoardRow | None:
    """One person's row of a board."""
    return session.get(_table(frozen), (contest_id, board, participant_id))


def line_of(session: Session, row: BoardRow) -> BoardLine:
    """The line of one row; its rank is one more than the smaller keys on the board's index."""
    table = type(row)
    rank = 1 + session.execute(ahead_query(row)).scalar_one()
    mine = [*_on(table, row.contest_id, row.period_number), col(table.participant_id) == row.participant_id]
    return BoardLine(rank, *session.execute(_named(table).where(*mine)).one())


def ahead_query(row: BoardRow) -> Select[tuple[int]]:
    """The statement that counts the lines ahead of a row."""
    table = type(row)
    return select(_count(table, [*_on(table, row.contest_id, row.period_number), col(table.rank_key) < row.rank_key]))


def around(session: Session, row: BoardRow, ranges: Sequence[tuple[TieBreak, str, str]]) -> Around:
    """Everything that explains a row's place, counted on the indexes by one statement.

    Args:
        row: one person's row of a board.
        ranges: per step of the chain, the keys it puts ahead (`contest.ranking.step_ranges`).
    """
    table = type(row)
    whole, key = _on(table, row.contest_id, row.period_number), col(table.rank_key)
    counts = [_count(table, [*whole, key >= low, key < high]) for _, low, high in ranges]
    in_unit = _count(table, [*whole, col(table.unit_id) == row.unit_id, key < row.rank_key])
    everybody, unit, *steps = session.execute(select(_count(table, whole), in_unit, *counts)).one()
    return Around(everybody, unit, {step: count for (step, _, _), count in zip(ranges, steps, strict=True)})


def search(
    session: Session, *, contest_id: int, board: int, folded: str, limit: int, frozen: bool = False
) -> Sequence[BoardLine]:
    """The first `limit` lines whose person's or unit's search key contains `folded`, each with its rank on the board.

    Args:
        folded: what is looked for, as `contest.text.fold` writes it; signs that LIKE knows mean themselves.
    """
    table = _table(frozen)
    found = _found(table, contest_id, board, folded, limit)
    spans = select(*found.c, func.lag(found.c.rank_key).over(order_by=found.c.rank_key).label("previous")).cte("spans")
    other = aliased(table)
    # From one line found to the next: together the counts walk the index once, however many lines were found.
    step = (
        select(func.count())
        .select_from(other)
        .where(
            *_on(other, contest_id, board),
            other.rank_key < spans.c.rank_key,
            other.rank_key >= func.coalesce(spans.c.previous, literal("")),
        )
        .correlate(spans)
        .scalar_subquery()
    )
    rows = session.execute(select(*spans.c[:-2], step).order_by(spans.c.rank_key)).all()
    ranks = accumulate((row[-1] for row in rows), initial=1)
    next(ranks)
    return [BoardLine(rank, *row[:-1]) for rank, row in zip(ranks, rows, strict=True)]


def _found(table: Any, contest_id: int, board: int, folded: str, limit: int) -> CTE:
    """The best lines that match, with their keys."""
    units = select(col(Unit.id)).where(
        col(Unit.contest_id) == contest_id, col(Unit.search_key).contains(folded, autoescape=True)
    )
    matches = or_(col(Participant.search_key).contains(folded, autoescape=True), table.unit_id.in_(units))
    return (
        _named(table, table.rank_key)
        .where(*_on(table, contest_id, board), matches)
        .order_by(table.rank_key)
        .limit(limit)
        .cte("found")
    )


def _named(table: Any, *more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*_columns(table), *more)
        .join(Participant, col(Participant.id) == table.participant_id)
        .join(Unit, col(Unit.id) == table.unit_id)
    )


def _table(frozen: bool) -> type[Standing] | type[FrozenStanding]:
    return FrozenStanding if frozen else Standing


def _on(table: Any, contest_id: int, board: int) -> list[ColumnElement[bool]]:
    return [table.contest_id == contest_id, table.period_number == board]


def _count(table: Any, conditions: Sequence[ColumnElement[bool]]) -> Any:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def _raising(insert: Any) -> Any:
    table = BoardVersion.__table__  # pyright: ignore[reportAttributeAccessIssue]  (SQLModel gives it one)
    first = insert(table).values(contest_id=bindparam("contest_id"), version=1)
    return first.on_conflict_do_update(index_elements=["contest_id"], set_={"version": table.c.version + 1})


_RAISING = {dialect: _raising(insert) for dialect, insert in INSERTS.items()}
