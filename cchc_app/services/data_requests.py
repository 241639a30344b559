"""What people asked to be done with their data, and what organisers did about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit, merges, retention
from cchc_app.data import privacy as rows
from cchc_app.data.engine import Database
from cchc_app.data.quiz import lock_participant
from cchc_app.data.tables import DataRequest
from cchc_app.services.deeds import authorise
from cchc_app.services.my_data import RequestKind
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.texts.privacy import ANONYMOUS


@dataclass(frozen=True, slots=True, repr=False)
class WaitingRequest:
    """One open request as an organiser may see it. Without a repr: people write personal things."""

    number: int
    kind: RequestKind
    full_name: str
    citizen_id_masked: str
    unit_name: str
    detail: str
    created_at: datetime
    due_at: datetime


def waiting_requests(db: Database, *, actor: str) -> tuple[WaitingRequest, ...]:
    """Every open request, the one due first first.

    Args:
        actor: Username of who looks.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        return tuple(
            WaitingRequest(
                number=row.id or 0,
                kind=RequestKind(row.kind),
                full_name=person.full_name,
                citizen_id_masked=person.citizen_id_masked,
                unit_name=unit_name,
                detail=row.detail or "",
                created_at=row.created_at,
                due_at=row.due_at,
            )
            for row, person, unit_name in rows.open_requests(session)
        )


def erase(db: Database, *, actor: str, number: int, code: str, now: datetime) -> None:
    """Erase the person of a request for erasure, or of a withdrawal, with the accounts that were put into theirs.

    Who the person is goes, as when the time of keeping is over; papers and places stay without a name. Whatever else
    the person asked is answered with it.

    Args:
        actor: Username of who does it.
        number: Of the request.
        code: A fresh code of the actor.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG; REQUEST_CLOSED when it is not open, or asks for something
            else.
    """
    authorise(db, actor=actor, code=code, now=now)
    with db.write() as session:
        request = _open(session, actor, number, (RequestKind.ERASURE, RequestKind.WITHDRAWAL))
        person = lock_participant(session, request.participant_id)
        ids = [request.participant_id, *merges.merged_into(session, request.participant_id)]
        retention.anonymise(session, ids, name=ANONYMOUS, contest_id=person.contest_id, now=now)
        rows.close_requests(session, participant_id=request.participant_id, now=now)
        _log(session, actor, Action.DATA_ERASED, request, now)


def note_corrected(db: Database, *, actor: str, number: int, code: str, now: datetime) -> None:
    """Note that what a person asked to be corrected was corrected; arguments and refusals as `erase`."""
    authorise(db, actor=actor, code=code, now=now)
    with db.write() as session:
        request = _open(session, actor, number, (RequestKind.CORRECTION,))
        rows.close_request(session, request, status=rows.DONE, answer=None, now=now)
        _log(session, actor, Action.DATA_CORRECTED, request, now)


def refuse(db: Database, *, actor: str, number: int, code: str, reason: str, now: datetime) -> None:
    """Refuse what a person asked for; the person reads the reason. A consent that was withdrawn stays withdrawn.

    Args:
        actor: Username of who does it.
        number: Of the request.
        code: A fresh code of the actor.
        reason: Why, for the person.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, REQUEST_CLOSED.
    """
    why = authorise(db, actor=actor, code=code, reason=reason, now=now)
    with db.write() as session:
        request = _open(session, actor, number, tuple(RequestKind))
        rows.close_request(session, request, status=rows.REFUSED, answer=why, now=now)
        _log(session, actor, Action.DATA_REQUEST_REFUSED, request, now)


def _open(session: Session, actor: str, number: int, kinds: tuple[RequestKind, ...]) -> DataRequest:
    """An open request of one of these kinds, locked; two who answer it at once happen one by one."""
    acting(session, actor=actor, permission=Permission.RUN_CONTEST)
    request = rows.lock_open_request(session, number)
    if request is None or request.kind not in kinds:
        raise ContestError(ErrorCode.REQUEST_CLOSED)
    return request


def _log(session: Session, actor: str, action: Action, request: DataRequest, now: datetime) -> None:
    """Row numbers only: what was asked and answered may be personal, and the log is for ever."""
    subject, after = participant_name(request.participant_id), {"request": request.id}
    audit.append(session, at=now, actor=actor, action=action, subject=subject, after=after)
