"""Figures of a contest for its organisers: a handful of aggregates, most of them on indexes alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, func, type_coerce
from sqlmodel import Session, col, select

from cchc_app.contest.slogan_states import SloganState
from cchc_app.contest.timing import MILLISECOND
from cchc_app.data.privacy import OPEN as REQUEST_OPEN
from cchc_app.data.quiz import EXPIRED, SUBMITTED
from cchc_app.data.quiz import OPEN as PAPER_OPEN
from cchc_app.data.tables import Attempt, DataRequest, OfficialResult, Participant, PrizeList, Slogan, Unit
from cchc_app.data.unit_totals import totals

STATUSES = (PAPER_OPEN, SUBMITTED, EXPIRED)
HOUR_MS, DAY_MS = 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class BoardTotals:
    """What the people of one unit did on one board."""

    participants: int
    correct: int
    total: int


def units(session: Session, contest_id: int) -> Sequence[Unit]:
    """Every unit in the official order."""
    return session.exec(select(Unit).where(Unit.contest_id == contest_id).order_by(col(Unit.position))).all()


def registered_by_unit(session: Session, contest_id: int) -> Mapping[int, int]:
    """How many people have registered, by unit."""
    return dict(
        session.exec(
            select(Participant.unit_id, func.count())
            .join(Unit, col(Unit.id) == Participant.unit_id)
            .where(Unit.contest_id == contest_id)
            .group_by(col(Participant.unit_id))
        ).all()
    )


def registered_by_day(session: Session, contest_id: int, *, offset: timedelta) -> Mapping[int, int]:
    """How many people registered on each day, by the day's number since 1970 on clocks `offset` ahead of UTC."""
    day = _bucket(Participant.created_at, offset, DAY_MS)
    rows = session.exec(select(day, func.count()).where(Participant.contest_id == contest_id).group_by(day))
    return {int(number): count for number, count in rows}


def papers_by_status(session: Session, period_ids: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Counted papers by period row and status."""
    rows = session.exec(
        select(Attempt.period_id, Attempt.status, func.count())
        .where(col(Attempt.period_id).in_(period_ids))
        .group_by(col(Attempt.period_id), col(Attempt.status))
    )
    return {(period_id or 0, status): count for period_id, status, count in rows}


def begun_by_day(session: Session, period_ids: Collection[int], *, offset: timedelta) -> Mapping[int, int]:
    """Counted papers by the day on which they were begun, numbered as in `registered_by_day`."""
    day = _bucket(Attempt.started_at, offset, DAY_MS)
    rows = session.exec(select(day, func.count()).where(col(Attempt.period_id).in_(period_ids)).group_by(day))
    return {int(number): count for number, count in rows}


def begun_by_hour(
    session: Session, period_ids: Collection[int], *, since: datetime, offset: timedelta
) -> Mapping[int, int]:
    """Counted papers begun since an instant by hour, numbered since 1970 on clocks `offset` ahead of UTC."""
    hour = _bucket(Attempt.started_at, offset, HOUR_MS)
    rows = session.exec(
        select(hour, func.count()).where(*_begun(period_ids), Attempt.started_at >= since).group_by(hour)
    )
    return {int(number): count for number, count in rows}


def begun_between(session: Session, period_ids: Collection[int], *, since: datetime, until: datetime) -> int:
    """Counted papers begun in a span of time."""
    return session.exec(
        select(func.count())
        .select_from(Attempt)
        .where(*_begun(period_ids), Attempt.started_at >= since, Attempt.started_at < until)
    ).one()


def board_totals(session: Session, *, contest_id: int, board: int) -> Mapping[int, BoardTotals]:
    """What every unit's ranked people did on a board, by unit; units without any are missing."""
    found = totals(session, contest_id=contest_id, board=board)
    return {unit_id: BoardTotals(row.participants, row.correct, row.total) for unit_id, row in found.items()}


def units_on_board(session: Session, *, contest_id: int, board: int) -> int:
    """How many units have somebody on a board."""
    return len(totals(session, contest_id=contest_id, board=board))


def slogans_in_the_round(session: Session, contest_id: int) -> int:
    """Units whose slogan was handed in and stands."""
    return session.exec(
        select(func.count())
        .select_from(Slogan)
        .where(
            Slogan.contest_id == contest_id,
            Slogan.status == SloganState.SUBMITTED,
            col(Slogan.disqualified_at).is_(None),
        )
    ).one()


def waiting_requests(session: Session) -> tuple[int, datetime | None]:
    """How many requests about personal data are open, and when the first of them is due."""
    count, due = session.exec(
        select(func.count(), func.min(DataRequest.due_at)).where(DataRequest.status == REQUEST_OPEN)
    ).one()
    return count, due


def boards_with_result(session: Session, contest_id: int) -> frozenset[int]:
    """Boards that were closed officially."""
    query = select(OfficialResult.board).where(OfficialResult.contest_id == contest_id, OfficialResult.version == 1)
    return frozenset(session.exec(query))


def unconfirmed_prizes(session: Session, contest_id: int) -> Sequence[int]:
    """Boards whose prize list waits for a second person, in order; the newest version of each board only."""
    newest = (
        select(PrizeList.board, func.max(PrizeList.version).label("version"))
        .where(PrizeList.contest_id == contest_id)
        .group_by(col(PrizeList.board))
        .subquery()
    )
    return session.exec(
        select(PrizeList.board)
        .join(newest, (newest.c.board == PrizeList.board) & (newest.c.version == PrizeList.version))
        .where(PrizeList.contest_id == contest_id, col(PrizeList.confirmed_at).is_(None))
        .order_by(col(PrizeList.board))
    ).all()


def _begun(period_ids: Collection[int]) -> tuple[Any, ...]:
    # With every status named, both databases walk ranges of the index on period, status and beginning.
    return col(Attempt.period_id).in_(period_ids), col(Attempt.status).in_(STATUSES)


def _bucket(column: Any, offset: timedelta, size_ms: int) -> Any:
    """Whole days or hours since 1970 of an instant, on clocks ahead of UTC."""
    return (type_coerce(column, BigInteger) + offset // MILLISECOND) // size_ms
