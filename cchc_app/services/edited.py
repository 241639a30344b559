"""Two people at one form: the second is told who was first, instead of writing over it unseen."""

from datetime import datetime
from typing import NoReturn

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data import contest_setup as rows


def refuse_stale(session: Session, *, subject: str, action: str, now: datetime) -> NoReturn:
    """Refuse a form that was filled in before the newest change.

    Args:
        subject: What is edited, as the audit log names it.
        action: What its changes are logged as.
        now: Told when the log does not know.

    Raises:
        ContestError: CHANGED_MEANWHILE, with who and when.
    """
    last = rows.last_change(session, subject=subject, action=action)
    by, at = (last.actor, last.at) if last else ("", now)
    raise ContestError(ErrorCode.CHANGED_MEANWHILE, by=by, at=at)
