"""What the contest holds about one person, as that person may see it, and what one may ask to be done with it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import mask_phone
from cchc_app.contest.working_days import after_working_days
from cchc_app.data import privacy as rows
from cchc_app.data.engine import Database
from cchc_app.data.quiz import OPEN as OPEN_PAPER
from cchc_app.data.tables import Attempt, Consent, DataRequest, Participant
from cchc_app.services.results import Result, history
from cchc_app.services.sessions import Device, devices
from cchc_app.texts.formats import ZONE, local

ANSWER_DAYS = 2  # working days, Decree 356/2025/ND-CP
MAX_DETAIL = 400


class RequestKind(StrEnum):
    """What may be asked. The values are stored."""

    CORRECTION = "correction"
    ERASURE = "erasure"
    WITHDRAWAL = "withdrawal"  # of the consent: nothing new is collected, what there is shall be erased


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """What was agreed to."""

    purpose: str
    version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """What was asked and how far it is. Without a repr: people write personal things."""

    kind: RequestKind
    status: str
    detail: str
    answer: str  # why it was refused
    created_at: datetime
    due_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer; whether it was right is told where and when the period's rules tell it."""

    position: int
    option: int
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its answers."""

    receipt: str
    practice: bool
    started_at: datetime
    finished_at: datetime | None
    prediction: int | None
    correct: int | None  # None while marks are withheld, and of practice
    points: int | None
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True, repr=False)
class MyData:
    """Everything, numbers masked: whoever sits at a forgotten browser must not read them. Without a repr."""

    full_name: str
    birth_date: date
    citizen_id_masked: str
    phone_masked: str
    unit_name: str
    identity_normalised: bool
    registered_at: datetime
    wrong_tries: int
    consents: tuple[GivenConsent, ...]
    papers: tuple[Paper, ...]
    devices: tuple[Device, ...]
    requests: tuple[Request, ...]


def my_data(db: Database, *, participant_id: int, token_hash: str, now: datetime) -> MyData:
    """Read everything about one person.

    Args:
        participant_id: Whose.
        token_hash: The session of the browser that asks.
        now: When.
    """
    finished = {result.receipt: result for result in history(db, participant_id=participant_id, now=now)}
    own_devices = devices(db, participant_id=participant_id, token_hash=token_hash, now=now)
    with db.read() as session:
        person, unit_name = rows.person_and_unit(session, participant_id)
        return MyData(
            full_name=person.full_name,
            birth_date=person.birth_date,
            citizen_id_masked=person.citizen_id_masked,
            phone_masked=mask_phone(person.phone or ""),
            unit_name=unit_name,
            identity_normalised=person.identity_normalised,
            registered_at=person.created_at,
            wrong_tries=rows.wrong_tries(session, person.citizen_id_index),
            consents=tuple(_consent(row) for row in rows.consents_of(session, participant_id)),
            papers=_papers(session, person, finished),
            devices=own_devices,
            requests=tuple(_request(row) for row in rows.requests_of(session, participant_id)),
        )


def ask(db: Database, *, participant_id: int, kind: RequestKind, detail: str, now: datetime) -> None:
    """Ask for something to be done with one's data. Withdrawing the consent stops collecting at once.

    Args:
        participant_id: Whose data.
        kind: What is asked.
        detail: What is wrong and what is right, for a correction; else whatever one wants to say.
        now: When.

    Raises:
        ContestError: REQUEST_EMPTY for a correction that says nothing, REQUEST_OPEN while one of its kind waits.
    """
    said = canonical(detail)[:MAX_DETAIL]
    if kind is RequestKind.CORRECTION and not said:
        raise ContestError(ErrorCode.REQUEST_EMPTY)
    with db.write() as session:
        added = rows.add_request(
            session,
            participant_id=participant_id,
            kind=kind,
            detail=said or None,
            created_at=now,
            due_at=due_at(now),
        )
        if not added:
            raise ContestError(ErrorCode.REQUEST_OPEN)
        if kind is RequestKind.WITHDRAWAL:
            rows.withdraw_consents(session, participant_id=participant_id, now=now)


def cancel(db: Database, *, participant_id: int, kind: RequestKind, now: datetime) -> None:
    """Take a waiting request back. A withdrawal is taken back by agreeing again (services/consents.py)."""
    if kind is not RequestKind.WITHDRAWAL:
        with db.write() as session:
            rows.cancel_request(session, participant_id=participant_id, kind=kind, now=now)


def due_at(now: datetime) -> datetime:
    """The instant by which a request is answered: the end of the last day of its term, on the contest's clocks."""
    last = after_working_days(day=local(now).date(), count=ANSWER_DAYS)
    return datetime.combine(last + timedelta(days=1), time(), ZONE).astimezone(UTC)


def as_json(data: MyData) -> dict[str, Any]:
    """Everything as plain values with names in English, instants in ISO 8601, for a file that machines read."""
    return _plain(data)


def _papers(session: Session, person: Participant, finished: dict[str, Result]) -> tuple[Paper, ...]:
    answers = rows.answers_by_receipt(session, person.id or 0)
    return tuple(
        _paper(attempt, finished.get(attempt.receipt), answers.get(attempt.receipt, []))
        for attempt in rows.attempts_of_every_kind(session, person.id or 0)
    )


def _paper(attempt: Attempt, result: Result | None, answers: list) -> Paper:
    return Paper(
        receipt=attempt.receipt,
        practice=attempt.period_id is None,
        started_at=attempt.started_at,
        finished_at=None if attempt.status == OPEN_PAPER else attempt.finished_at,
        prediction=attempt.prediction,
        correct=result.correct if result else None,
        points=result.points if result else None,
        answers=tuple(Answered(answer.position, answer.option, answer.answered_at) for answer in answers),
    )


def _consent(row: Consent) -> GivenConsent:
    return GivenConsent(row.purpose, row.version, row.given_at, row.withdrawn_at)


def _request(row: DataRequest) -> Request:
    return Request(
        kind=RequestKind(row.kind),
        status=row.status,
        detail=row.detail or "",
        answer=row.answer or "",
        created_at=row.created_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if hasattr(value, "__slots__") and not isinstance(value, str):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value
