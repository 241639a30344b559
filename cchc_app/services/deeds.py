"""What every grave deed of an organiser asks for before its transaction: the right role, a reason, a fresh code."""

from datetime import datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.services.staff_sessions import reading
from cchc_app.services.staff_sign_in import require_fresh

LONGEST_REASON = 300


def cleaned(reason: str) -> str:
    """A reason as it is kept: one line, cut; empty when nothing readable was typed."""
    return "".join(char for char in canonical(reason[:LONGEST_REASON]) if char.isprintable())


def authorise(db: Database, *, actor: str, code: str, now: datetime, reason: str | None = None) -> str:
    """Refuse who may not run the contest, then who gives no reason, then who has no fresh code.

    Args:
        actor: Username of who acts.
        code: As typed.
        now: When (aware).
        reason: As typed; None when none is asked for.

    Returns:
        The reason as it is kept.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
    why = "" if reason is None else cleaned(reason)
    if reason is not None and not why:
        raise ContestError(ErrorCode.REASON_MISSING)
    require_fresh(db, actor=actor, code=code, now=now)
    return why
