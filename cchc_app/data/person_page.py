"""Everything a page about one participant shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import (
    Attempt,
    AuthSession,
    Consent,
    Participant,
    PersonMerge,
    PinReset,
    Unit,
    UnitMove,
)


@dataclass(frozen=True, slots=True, repr=False)
class More:
    """What the list does not show of a person. Without a repr."""

    birth_date: date
    phone: str | None
    has_pin: bool
    extra_time_ms: int
    identity_level: int | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One counted paper."""

    receipt: str
    period_id: int
    number: int
    status: str
    started_at: datetime
    deadline_at: datetime
    correct: int | None
    total: int
    time_used_ms: int | None


def more(session: Session, participant_id: int) -> More:
    """What the list does not show."""
    person = session.get_one(Participant, participant_id)
    return More(
        person.birth_date, person.phone, person.pin_hash is not None, person.extra_time_ms, person.identity_level
    )


def live_sessions(session: Session, participant_id: int, *, now: datetime) -> int:
    """How many browsers are signed in."""
    return session.exec(
        select(func.count())
        .select_from(AuthSession)
        .where(
            AuthSession.participant_id == participant_id,
            col(AuthSession.revoked_at).is_(None),
            AuthSession.expires_at > now,
            AuthSession.idle_expires_at > now,
        )
    ).one()


def consents(session: Session, participant_id: int) -> Sequence[Consent]:
    """What was agreed to, the newest first."""
    return session.exec(
        select(Consent).where(Consent.participant_id == participant_id).order_by(col(Consent.id).desc())
    ).all()


def papers(session: Session, participant_id: int) -> list[PaperRow]:
    """Every counted paper, the newest first."""
    rows = session.exec(
        select(Attempt)
        .where(Attempt.participant_id == participant_id, Attempt.kind == COUNTED)
        .order_by(col(Attempt.id).desc())
    )
    return [
        PaperRow(
            row.receipt,
            row.period_id or 0,
            row.number,
            row.status,
            row.started_at,
            row.deadline_at,
            row.correct,
            len(row.paper),
            row.time_used_ms,
        )
        for row in rows
    ]


def moves(session: Session, participant_id: int) -> list[tuple[UnitMove, str, str]]:
    """Every change of unit with the names of both, the newest first."""
    names = dict(session.exec(select(Unit.id, Unit.name)).all())
    rows = session.exec(
        select(UnitMove).where(UnitMove.participant_id == participant_id).order_by(col(UnitMove.id).desc())
    )
    return [(row, names.get(row.from_unit_id, ""), names.get(row.to_unit_id, "")) for row in rows]


def kept_account(session: Session, participant_id: int) -> int | None:
    """The account this one was put into."""
    return session.exec(select(PersonMerge.kept_id).where(PersonMerge.merged_id == participant_id)).first()


def open_link(session: Session, participant_id: int, *, now: datetime) -> PinReset | None:
    """The link for a new PIN that can still be used."""
    return session.exec(
        select(PinReset).where(
            PinReset.participant_id == participant_id, col(PinReset.used_at).is_(None), PinReset.expires_at > now
        )
    ).first()
