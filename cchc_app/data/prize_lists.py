"""Queries of prizes: what eligibility needs, the lists in their versions, names to show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlmodel import Session, col

from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import (
    Attempt,
    OfficialPlace,
    Participant,
    PersonMerge,
    PrizeList,
    Slogan,
    Unit,
)


def merged_accounts(session: Session, contest_id: int) -> Mapping[int, int]:
    """The account that was kept, by the one that was put into it."""
    rows = session.execute(
        select(col(PersonMerge.merged_id), col(PersonMerge.kept_id))
        .join(Participant, col(Participant.id) == col(PersonMerge.kept_id))
        .where(col(Participant.contest_id) == contest_id)
    )
    return {row.merged_id: row.kept_id for row in rows}


def people_of_result(session: Session, result_id: int) -> Mapping[int, Row[Any]]:
    """Ranked, disqualified and normalised as they are now, of everybody with a place, and of accounts kept for them."""
    placed = select(col(OfficialPlace.participant_id)).where(col(OfficialPlace.result_id) == result_id)
    kept = select(col(PersonMerge.kept_id)).where(col(PersonMerge.merged_id).in_(placed))
    rows = session.execute(
        select(
            col(Participant.id),
            col(Participant.ranked),
            col(Participant.disqualified),
            col(Participant.identity_normalised),
        ).where(or_(col(Participant.id).in_(placed), col(Participant.id).in_(kept)))
    )
    return {row.id: row for row in rows}


def left_out(session: Session, *, result_id: int, period_ids: Sequence[int]) -> Sequence[tuple[Attempt, Participant]]:
    """Finished papers of people who are not ranked or disqualified and have no place, with their owners.

    Not of accounts that were put into another one: what stays with those does not count.
    """
    placed = select(col(OfficialPlace.participant_id)).where(col(OfficialPlace.result_id) == result_id)
    rows = session.execute(
        select(Attempt, Participant)
        .join(Participant, col(Participant.id) == col(Attempt.participant_id))
        .where(
            col(Attempt.period_id).in_(period_ids),
            col(Attempt.kind) == COUNTED,
            col(Attempt.finished_at).is_not(None),
            or_(~col(Participant.ranked), col(Participant.disqualified)),
            col(Participant.id).not_in(placed),
            col(Participant.id).not_in(select(col(PersonMerge.merged_id))),
        )
        .order_by(col(Attempt.participant_id), col(Attempt.id))
    )
    return [(attempt, person) for attempt, person in rows]


def finished_periods(session: Session, period_ids: Sequence[int]) -> Iterable[Row[Any]]:
    """Every pair of a participant and a period in which they finished a paper."""
    return session.execute(
        select(col(Attempt.participant_id), col(Attempt.period_id))
        .where(
            col(Attempt.period_id).in_(period_ids),
            col(Attempt.kind) == COUNTED,
            col(Attempt.finished_at).is_not(None),
        )
        .distinct()
    )


def slogans(session: Session, contest_id: int) -> Mapping[int, Row[Any]]:
    """Unit, its bloc, and whether it was disqualified, of every slogan."""
    rows = session.execute(
        select(col(Slogan.id), col(Slogan.unit_id), col(Unit.bloc), col(Slogan.disqualified_at))
        .join(Unit, col(Unit.id) == col(Slogan.unit_id))
        .where(col(Slogan.contest_id) == contest_id)
    )
    return {row.id: row for row in rows}


def newest(session: Session, *, contest_id: int, board: int, lock: bool = False) -> PrizeList | None:
    """The newest version of a board's list; locked until the transaction ends if asked for."""
    query = (
        select(PrizeList)
        .where(col(PrizeList.contest_id) == contest_id, col(PrizeList.board) == board)
        .order_by(col(PrizeList.version).desc())
        .limit(1)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one_or_none()


def lists(session: Session, contest_id: int) -> Sequence[PrizeList]:
    """Every list of a contest, by board, the newest version first."""
    query = select(PrizeList).where(col(PrizeList.contest_id) == contest_id)
    return session.execute(query.order_by(col(PrizeList.board), col(PrizeList.version).desc())).scalars().all()


def published(session: Session, contest_id: int) -> Sequence[PrizeList]:
    """The newest published version of every board, in the order of the boards."""
    newest_of = (
        select(col(PrizeList.board), func.max(col(PrizeList.version)).label("version"))
        .where(col(PrizeList.contest_id) == contest_id, col(PrizeList.published_at).is_not(None))
        .group_by(col(PrizeList.board))
        .subquery()
    )
    query = (
        select(PrizeList)
        .join(
            newest_of,
            (newest_of.c.board == col(PrizeList.board)) & (newest_of.c.version == col(PrizeList.version)),
        )
        .where(col(PrizeList.contest_id) == contest_id)
        .order_by(col(PrizeList.board))
    )
    return session.execute(query).scalars().all()


def any_published(session: Session, contest_id: int) -> bool:
    """Whether the winners' page has something to show."""
    query = select(col(PrizeList.id)).where(
        col(PrizeList.contest_id) == contest_id, col(PrizeList.published_at).is_not(None)
    )
    return session.execute(query.limit(1)).first() is not None


def participants(session: Session, ids: Sequence[int]) -> Mapping[int, Row[Any]]:
    """Name and masked citizen ID of participants as they are now: whoever was forgotten is forgotten here too."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(ids), 5_000):
        rows = session.execute(
            select(col(Participant.id), col(Participant.full_name), col(Participant.citizen_id_masked)).where(
                col(Participant.id).in_(ids[start : start + 5_000])
            )
        )
        found |= {row.id: row for row in rows}
    return found


def units(session: Session, contest_id: int) -> Mapping[int, Row[Any]]:
    """Name, code and bloc of every unit."""
    rows = session.execute(
        select(col(Unit.id), col(Unit.name), col(Unit.code), col(Unit.bloc)).where(col(Unit.contest_id) == contest_id)
    )
    return {row.id: row for row in rows}
