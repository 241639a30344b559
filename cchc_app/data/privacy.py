"""Queries about consents and about what people ask of their own data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, bindparam, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import (
    Answer,
    Attempt,
    Consent,
    DataRequest,
    Participant,
    SignInGuard,
    SloganVersion,
    Unit,
    UnitRepresentative,
)

PARTICIPATION = "participation"  # the purpose people agree to
OPEN, DONE, REFUSED, CANCELLED = "open", "done", "refused", "cancelled"

NEWEST_CONSENT = (
    select(Consent)
    .where(Consent.participant_id == bindparam("person"), Consent.purpose == bindparam("purpose"))
    .order_by(col(Consent.id).desc())
    .limit(1)
)


def consents_of(session: Session, participant_id: int) -> Sequence[Consent]:
    """What a person agreed to, the newest first."""
    return session.exec(
        select(Consent).where(Consent.participant_id == participant_id).order_by(col(Consent.id).desc())
    ).all()


def newest_consent(session: Session, *, participant_id: int, purpose: str) -> Consent | None:
    """The consent to a purpose that counts; None when there never was one."""
    return session.exec(NEWEST_CONSENT, params={"person": participant_id, "purpose": purpose}).first()


def withdraw_consents(session: Session, *, participant_id: int, now: datetime) -> None:
    """Note on every consent of a person that it is withdrawn."""
    session.execute(
        update(Consent)
        .where(col(Consent.participant_id) == participant_id, col(Consent.withdrawn_at).is_(None))
        .values(withdrawn_at=now)
    )


def add_request(
    session: Session, *, participant_id: int, kind: str, detail: str | None, created_at: datetime, due_at: datetime
) -> bool:
    """Store a request; the unique index decides when two come at once. False when one of its kind is open already."""
    statement = insert_into(session, DataRequest).values(
        participant_id=participant_id, kind=kind, detail=detail, status=OPEN, created_at=created_at, due_at=due_at
    )
    added = session.execute(statement.on_conflict_do_nothing().returning(col(DataRequest.id)))
    return added.scalar_one_or_none() is not None


def requests_of(session: Session, participant_id: int) -> Sequence[DataRequest]:
    """A person's requests, the newest first."""
    return session.exec(
        select(DataRequest).where(DataRequest.participant_id == participant_id).order_by(col(DataRequest.id).desc())
    ).all()


def cancel_request(session: Session, *, participant_id: int, kind: str, now: datetime) -> None:
    """Take an open request back."""
    session.execute(
        update(DataRequest)
        .where(
            col(DataRequest.participant_id) == participant_id,
            col(DataRequest.kind) == kind,
            col(DataRequest.status) == OPEN,
        )
        .values(status=CANCELLED, closed_at=now)
    )


def open_requests(session: Session) -> Sequence[tuple[DataRequest, Participant, str]]:
    """Every open request with its person and the name of the unit, the one due first first."""
    return session.exec(
        select(DataRequest, Participant, Unit.name)
        .join(Participant, col(Participant.id) == DataRequest.participant_id)
        .join(Unit, col(Unit.id) == Participant.unit_id)
        .where(DataRequest.status == OPEN)
        .order_by(col(DataRequest.due_at), col(DataRequest.id))
    ).all()


def lock_open_request(session: Session, number: int) -> DataRequest | None:
    """An open request, locked until the transaction ends."""
    return session.exec(
        select(DataRequest).where(DataRequest.id == number, DataRequest.status == OPEN).with_for_update()
    ).first()


def close_request(session: Session, request: DataRequest, *, status: str, answer: str | None, now: datetime) -> None:
    """Note what became of a locked request."""
    request.status, request.answer, request.closed_at = status, answer, now
    session.add(request)
    session.flush()


def close_requests(session: Session, *, participant_id: int, now: datetime) -> None:
    """Note that everything a person asked is done."""
    session.execute(
        update(DataRequest)
        .where(col(DataRequest.participant_id) == participant_id, col(DataRequest.status) == OPEN)
        .values(status=DONE, closed_at=now)
    )


def person_and_unit(session: Session, participant_id: int) -> tuple[Participant, str]:
    """A person's row and the name of the unit."""
    return session.exec(
        select(Participant, Unit.name)
        .join(Unit, col(Unit.id) == Participant.unit_id)
        .where(Participant.id == participant_id)
    ).one()


def answers_by_receipt(session: Session, participant_id: int) -> dict[str, list[Answer]]:
    """A person's answers in their order, by the paper's receipt."""
    found: dict[str, list[Answer]] = {}
    rows = session.exec(
        select(Attempt.receipt, Answer)
        .join(Answer, col(Answer.attempt_id) == Attempt.id)
        .where(Attempt.participant_id == participant_id)
        .order_by(col(Answer.attempt_id), col(Answer.position))
    )
    for receipt, answer in rows:
        found.setdefault(receipt, []).append(answer)
    return found


def attempts_of_every_kind(session: Session, participant_id: int) -> Sequence[Attempt]:
    """A person's papers, practice and open ones too, in their order."""
    return session.exec(select(Attempt).where(Attempt.participant_id == participant_id).order_by(col(Attempt.id))).all()


def terms_of(session: Session, participant_id: int) -> Sequence[tuple[datetime, datetime | None]]:
    """From when to when a person wrote for a unit, in order."""
    return session.exec(
        select(UnitRepresentative.appointed_at, UnitRepresentative.ended_at)
        .where(UnitRepresentative.participant_id == participant_id)
        .order_by(col(UnitRepresentative.id))
    ).all()


def slogans_of(session: Session, participant_id: int) -> Sequence[Row[tuple[str, str, str, str, str, datetime]]]:
    """What a person handed in and withdrew for a unit, in order."""
    return session.execute(
        sa_select(
            col(SloganVersion.receipt),
            col(SloganVersion.action),
            col(SloganVersion.text),
            col(SloganVersion.explanation),
            col(SloganVersion.author),
            col(SloganVersion.written_at),
        )
        .where(col(SloganVersion.written_by) == participant_id)
        .order_by(col(SloganVersion.id))
    ).all()


def wrong_tries(session: Session, citizen_id_index: str) -> int:
    """Failed sign-ins with a number that are still remembered."""
    found = session.exec(select(SignInGuard.failures).where(SignInGuard.citizen_id_index == citizen_id_index)).first()
    return found or 0
