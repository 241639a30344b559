"""The long list of participants: searched, filtered, sorted and paged by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlmodel import Session, col, select

from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Attempt, Participant, PersonMerge, Unit


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant as organisers may see them; the number is masked."""

    participant_id: int
    full_name: str
    citizen_id_masked: str
    unit_code: str
    unit_name: str
    bloc: str
    blocked: bool
    disqualified: bool
    ranked: bool
    identity_normalised: bool
    vneid_linked_at: datetime | None
    anonymised_at: datetime | None
    created_at: datetime
    merged: bool
    papers: int  # counted ones begun


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participants; empty texts and None for all.

    Attributes:
        folded: Part of a name or of a unit's search key, as `contest.text.fold` writes it.
        digits: The last digits of the masked number.
        flags: Columns of `participant` with the value they must have.
        linked: Whether VNeID has vouched for the account.
    """

    folded: str = ""
    digits: str = ""
    unit_code: str = ""
    bloc: str = ""
    flags: Mapping[str, bool] | None = None
    linked: bool | None = None


_MERGED = select(PersonMerge.merged_id).where(PersonMerge.merged_id == Participant.id).exists()
_PAPERS = (
    select(func.count())
    .select_from(Attempt)
    .where(col(Attempt.participant_id) == col(Participant.id), Attempt.kind == COUNTED)
    .correlate(Participant)
    .scalar_subquery()
)
_COLUMNS: tuple[Any, ...] = (
    Participant.id,
    Participant.full_name,
    Participant.citizen_id_masked,
    Unit.code,
    Unit.name,
    Unit.bloc,
    Participant.blocked,
    Participant.disqualified,
    Participant.ranked,
    Participant.identity_normalised,
    Participant.vneid_linked_at,
    Participant.anonymised_at,
    Participant.created_at,
    _MERGED,
    _PAPERS,
)
# Columns by the name of the order; the id makes every order total.
BY_NAME, BY_UNIT, BY_CREATED = "name", "unit", "created"
_ORDERS: Mapping[str, tuple[Any, ...]] = {
    BY_NAME: (Participant.sort_key, Participant.id),
    BY_UNIT: (Unit.position, Participant.sort_key, Participant.id),
    BY_CREATED: (Participant.created_at, Participant.id),
}


def page(
    session: Session, contest_id: int, wanted: Wanted, *, order: str, descending: bool, offset: int, limit: int
) -> Sequence[PersonRow]:
    """Some of the participants that are wanted."""
    columns = [column.desc() if descending else column.asc() for column in map(col, _ORDERS[order])]
    # First which, then what of them: what is skipped is not read nor counted.
    which = _wanted(select(Participant.id), contest_id, wanted).order_by(*columns).offset(offset).limit(limit)
    query = _wanted(select(*_COLUMNS), contest_id, Wanted()).where(col(Participant.id).in_(which)).order_by(*columns)
    return [PersonRow(*row) for row in session.execute(query)]


def count(session: Session, contest_id: int, wanted: Wanted) -> int:
    """How many participants are wanted."""
    return session.execute(_wanted(select(func.count()), contest_id, wanted)).scalar_one()


def one(session: Session, contest_id: int, participant_id: int) -> PersonRow | None:
    """One participant."""
    query = _wanted(select(*_COLUMNS), contest_id, Wanted()).where(col(Participant.id) == participant_id)
    row = session.execute(query).first()
    return None if row is None else PersonRow(*row)


def _wanted(query: Select[Any], contest_id: int, wanted: Wanted) -> Select[Any]:
    joined = query.select_from(Participant).join(Unit, col(Unit.id) == col(Participant.unit_id))
    conditions: list[ColumnElement[bool]] = [col(Participant.contest_id) == contest_id]
    if wanted.folded:
        found = col(Participant.search_key).contains(wanted.folded, autoescape=True)
        conditions.append(found | col(Unit.search_key).contains(wanted.folded, autoescape=True))
    if wanted.digits:
        conditions.append(col(Participant.citizen_id_masked).endswith(wanted.digits, autoescape=True))
    if wanted.unit_code:
        conditions.append(col(Unit.code) == wanted.unit_code)
    if wanted.bloc:
        conditions.append(col(Unit.bloc) == wanted.bloc)
    conditions += [getattr(Participant, name).is_(value) for name, value in (wanted.flags or {}).items()]
    if wanted.linked is not None:
        linked = col(Participant.vneid_linked_at).is_not(None)
        conditions.append(linked if wanted.linked else ~linked)
    return joined.where(*conditions)
