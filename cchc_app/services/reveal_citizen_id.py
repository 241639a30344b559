"""Looking at a full citizen ID: the look and its entry in the audit log are one transaction."""

from datetime import datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.deeds import cleaned
from cchc_app.services.staff_sessions import acting


def reveal_citizen_id(db: Database, *, actor: str, participant_id: int, reason: str, now: datetime) -> str:
    """The full number of a participant. Nobody sees one without an entry that says who, when and why.

    Args:
        actor: Username of who looks.
        participant_id: Whose number.
        reason: Why, one sentence; goes into the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, PARTICIPANT_UNKNOWN.
    """
    why = cleaned(reason)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.REVEAL_CITIZEN_ID)
        if not why:
            raise ContestError(ErrorCode.REASON_MISSING)
        person = session.get(Participant, participant_id)
        if person is None:
            raise ContestError(ErrorCode.PARTICIPANT_UNKNOWN)
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.CITIZEN_ID_REVEALED,
            subject=f"participant:{participant_id}",
            after={"reason": why},
        )
        return person.citizen_id
