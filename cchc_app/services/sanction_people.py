"""Shutting a participant out and letting them in again; taking them off the boards and putting them back."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.sanctions import SanctionKind
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit, merges
from cchc_app.data import sanctions as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.standings import take_off_boards
from cchc_app.data.tables import Participant, Sanction
from cchc_app.data.vneid import end_sessions
from cchc_app.services.deeds import authorise, cleaned
from cchc_app.services.staff_sessions import acting

BLOCKED, DISQUALIFIED = SanctionKind.BLOCKED, SanctionKind.DISQUALIFIED


def block(db: Database, *, actor: str, participant_id: int, reason: str, now: datetime) -> None:
    """Shut somebody out: every session ends at once, no paper can be begun. What was handed in counts.

    Args:
        actor: Username of who decides.
        participant_id: Whom.
        reason: Why; stays in the sanction, not in the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, PARTICIPANT_UNKNOWN, PERSON_CLOSED, SANCTION_IN_FORCE.
    """
    why = _why(reason)
    with db.write() as session:
        _, person = locked(session, actor=actor, participant_id=participant_id)
        _refuse_twice(session, person, BLOCKED)
        person.blocked = True
        session.add(person)
        number = _impose(session, person, BLOCKED, actor=actor, why=why, now=now)
        end_sessions(session, participant_id, now=now)
        _log(session, actor, Action.PERSON_BLOCKED, participant_id, number, now)


def unblock(db: Database, *, actor: str, participant_id: int, reason: str, now: datetime) -> None:
    """Let somebody sign in again.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, PARTICIPANT_UNKNOWN, PERSON_CLOSED, SANCTION_OVER.
    """
    why = _why(reason)
    with db.write() as session:
        _, person = locked(session, actor=actor, participant_id=participant_id)
        if not person.blocked:
            raise ContestError(ErrorCode.SANCTION_OVER)
        person.blocked = False
        session.add(person)
        number = _lift(session, person, BLOCKED, actor=actor, why=why, now=now)
        _log(session, actor, Action.PERSON_UNBLOCKED, participant_id, number, now)


def disqualify(db: Database, *, actor: str, code: str, participant_id: int, reason: str, now: datetime) -> None:
    """Take somebody off every board; papers handed in from now on count on none. Official results stay as closed.

    Args:
        actor: Username of who decides.
        code: A fresh code of the actor.
        participant_id: Whom.
        reason: Why; stays in the sanction, not in the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, PARTICIPANT_UNKNOWN, PERSON_CLOSED,
            SANCTION_IN_FORCE.
    """
    why = authorise(db, actor=actor, code=code, reason=reason, now=now)
    with db.write() as session:
        contest, person = locked(session, actor=actor, participant_id=participant_id)
        _refuse_twice(session, person, DISQUALIFIED)
        person.disqualified = True
        session.add(person)
        number = _impose(session, person, DISQUALIFIED, actor=actor, why=why, now=now)
        take_off_boards(session, participant_id=participant_id, contest_id=contest.contest_id, now=now)
        _log(session, actor, Action.PERSON_DISQUALIFIED, participant_id, number, now)


def reinstate(db: Database, *, actor: str, code: str, participant_id: int, reason: str, now: datetime) -> None:
    """Put somebody back on the boards, with every paper handed in so far.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, PARTICIPANT_UNKNOWN, PERSON_CLOSED,
            SANCTION_OVER.
    """
    why = authorise(db, actor=actor, code=code, reason=reason, now=now)
    with db.write() as session:
        contest, person = locked(session, actor=actor, participant_id=participant_id)
        if not person.disqualified:
            raise ContestError(ErrorCode.SANCTION_OVER)
        person.disqualified = False
        session.add(person)
        number = _lift(session, person, DISQUALIFIED, actor=actor, why=why, now=now)
        merges.rank_anew(
            session,
            [person],
            contest_id=contest.contest_id,
            period_numbers={row_id: number for number, row_id in contest.period_ids.items()},
            rules=contest.rule_set,
            now=now,
        )
        _log(session, actor, Action.PERSON_REINSTATED, participant_id, number, now)


def locked(session: Session, *, actor: str, participant_id: int) -> tuple[ContestInForce, Participant]:
    """The contest and the person a deed is about, locked, after the actor's role was checked in the same transaction.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, PARTICIPANT_UNKNOWN, PERSON_CLOSED.
    """
    acting(session, actor=actor, permission=Permission.RUN_CONTEST)
    contest = contest_in_force(session)
    person = rows.lock_person(session, contest_id=contest.contest_id, participant_id=participant_id)
    if person is None:
        raise ContestError(ErrorCode.PARTICIPANT_UNKNOWN)
    if rows.is_closed(session, person):
        raise ContestError(ErrorCode.PERSON_CLOSED)
    return contest, person


def _why(reason: str) -> str:
    why = cleaned(reason)
    if not why:
        raise ContestError(ErrorCode.REASON_MISSING)
    return why


def _refuse_twice(session: Session, person: Participant, kind: SanctionKind) -> None:
    found = rows.in_force(session, participant_id=person.id or 0, kind=kind)
    if found is not None:
        raise ContestError(ErrorCode.SANCTION_IN_FORCE, by=found.made_by, at=found.made_at)


def _impose(session: Session, person: Participant, kind: SanctionKind, *, actor: str, why: str, now: datetime) -> int:
    return rows.add(session, Sanction(participant_id=person.id or 0, kind=kind, reason=why, made_by=actor, made_at=now))


def _lift(session: Session, person: Participant, kind: SanctionKind, *, actor: str, why: str, now: datetime) -> int:
    """The number of the sanction that ends; one that was imposed before there were rows gets its row now."""
    found = rows.in_force(session, participant_id=person.id or 0, kind=kind)
    if found is None:
        found = Sanction(participant_id=person.id or 0, kind=kind, reason="", made_by="", made_at=now)
        rows.add(session, found)
    rows.lift(session, found, by=actor, reason=why, now=now)
    return found.id or 0


def _log(session: Session, actor: str, action: Action, participant_id: int, number: int, now: datetime) -> None:
    """The number of the sanction only: the reason people write may be personal, and the log is for ever."""
    name = "blocked" if action in (Action.PERSON_BLOCKED, Action.PERSON_UNBLOCKED) else "disqualified"
    imposed = action in (Action.PERSON_BLOCKED, Action.PERSON_DISQUALIFIED)
    audit.append(
        session,
        at=now,
        actor=actor,
        action=action,
        subject=participant_name(participant_id),
        before={name: not imposed},
        after={name: imposed, "sanction": number},
    )
