"""Lists that leave the site as files: nobody takes one without an entry in the audit log."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data.contests import contest_in_force
from cchc_app.services.staff_sessions import acting

# A file of more lines is no longer opened by the programs it is for in reasonable time; it says that it was cut.
MOST_ROWS = 50_000


def note_taken(session: Session, *, actor: str, name: str, now: datetime, permission: Permission) -> None:
    """Note who takes which list, in the caller's transaction.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    acting(session, actor=actor, permission=permission)
    audit.append(session, at=now, actor=actor, action=Action.LIST_TAKEN, subject=f"file:{name}")


def taken(
    session: Session, *, actor: str, name: str, now: datetime, permission: Permission = Permission.READ_CONTEST
) -> int:
    """Note who takes which list of the contest, in the caller's transaction; the contest's row id.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    note_taken(session, actor=actor, name=name, now=now, permission=permission)
    return contest_in_force(session).contest_id
