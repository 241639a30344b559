"""Moving a participant to another unit: every board counts them there, both units' totals are right at once."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit, representatives
from cchc_app.data import sanctions as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import Unit, UnitMove
from cchc_app.services.deeds import authorise
from cchc_app.services.sanction_people import locked


@dataclass(frozen=True, slots=True)
class Moved:
    """Names of the units somebody left and joined."""

    left: str
    joined: str


def move_person(
    db: Database, *, actor: str, code: str, participant_id: int, unit_code: str, reason: str, now: datetime
) -> Moved:
    """Give a participant another unit. A term as the old unit's representative ends; official results stay as closed.

    Args:
        actor: Username of who decides.
        code: A fresh code of the actor.
        participant_id: Whom.
        unit_code: The new unit.
        reason: Why; stays in the move's row, not in the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, PARTICIPANT_UNKNOWN, PERSON_CLOSED,
            UNIT_UNKNOWN, UNIT_IS_THEIRS.
    """
    why = authorise(db, actor=actor, code=code, reason=reason, now=now)
    with db.write() as session:
        contest, person = locked(session, actor=actor, participant_id=participant_id)
        joined = rows.unit_by_code(session, contest_id=contest.contest_id, code=unit_code)
        if joined is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        if joined.id == person.unit_id:
            raise ContestError(ErrorCode.UNIT_IS_THEIRS)
        left = session.get_one(Unit, person.unit_id)
        step = UnitMove(
            participant_id=participant_id,
            from_unit_id=left.id or 0,
            to_unit_id=joined.id or 0,
            reason=why,
            moved_by=actor,
            moved_at=now,
        )
        moved = Moved(left.name, joined.name)
        before, after = {"unit": left.code}, {"unit": joined.code}
        rows.move(session, person, step)
        term = representatives.running_term(session, participant_id)
        if term is not None:
            representatives.end_terms(session, [term.id or 0], ended_by=actor, now=now)
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.PERSON_MOVED,
            subject=participant_name(participant_id),
            before=before,
            after=after,
        )
    return moved
