"""Queries of the organisers' page of official results: one version's places, searched, sorted, some at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from cchc_app.data.tables import OfficialPlace, Participant, Unit

BY_PLACE, BY_NAME, BY_UNIT = "hang", "ten", "don-vi"


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place with who has it now."""

    place: int
    full_name: str
    citizen_id_masked: str
    unit_name: str
    bloc: str
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime


def places_found(session: Session, result_id: int, *, folded: str, bloc: str) -> int:
    """How many places a question finds.

    Args:
        result_id: The version.
        folded: Part of a name or a unit as `contest.text.fold` writes it; empty for all.
        bloc: Code of a bloc; empty for all.
    """
    query = _joined(select(func.count())).where(*_conditions(result_id, folded, bloc))
    return session.execute(query).scalar_one()


def places(
    session: Session,
    result_id: int,
    *,
    folded: str,
    bloc: str,
    sort: str,
    descending: bool,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[PlaceLine]:
    """Places of a version, arguments as `places_found`.

    Args:
        sort: BY_PLACE, BY_NAME or BY_UNIT.
        descending: From the last to the first.
        offset: How many to leave out.
        limit: How many at most; None for all.
    """
    columns = {
        BY_PLACE: (col(OfficialPlace.place),),
        BY_NAME: (col(Participant.sort_key), col(OfficialPlace.place)),
        BY_UNIT: (col(Unit.position), col(OfficialPlace.place)),
    }[sort]
    query = _joined(
        select(
            col(OfficialPlace.place),
            col(Participant.full_name),
            col(Participant.citizen_id_masked),
            col(Unit.name),
            col(Unit.bloc),
            col(OfficialPlace.points),
            col(OfficialPlace.correct),
            col(OfficialPlace.total),
            col(OfficialPlace.time_used_ms),
            col(OfficialPlace.finished_at),
        )
    )
    ordered = query.where(*_conditions(result_id, folded, bloc)).order_by(
        *(column.desc() if descending else column for column in columns)
    )
    return [PlaceLine(*row) for row in session.execute(ordered.offset(offset).limit(limit))]


def _joined(query: Any) -> Any:
    return (
        query.select_from(OfficialPlace)
        .join(Participant, col(Participant.id) == col(OfficialPlace.participant_id))
        .join(Unit, col(Unit.id) == col(OfficialPlace.unit_id))
    )


def _conditions(result_id: int, folded: str, bloc: str) -> list[ColumnElement[bool]]:
    wanted = [col(OfficialPlace.result_id) == result_id]
    if folded:
        keys = (col(Participant.search_key), col(Unit.search_key))
        wanted.append(or_(*(key.contains(folded, autoescape=True) for key in keys)))
    if bloc:
        wanted.append(col(Unit.bloc) == bloc)
    return wanted
