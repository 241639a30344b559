"""What makes a list of prizes public: a second person confirms it, then it is published. Both ask for a fresh code."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_states import ListState
from cchc_app.contest.staffing import Action
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.official import lock_contest
from cchc_app.data.tables import PrizeList
from cchc_app.services.prize_lists import in_state, is_open, log_end, log_list, refuse_moved, seen_list
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh


def confirm(db: Database, *, actor: str, board: int, revision: int, code: str, now: datetime) -> None:
    """A second person says that the list is right. The database refuses the one who had the last hand on it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, CHANGED_MEANWHILE; PRIZES_STATE unless it is proposed; TIES_OPEN;
            PRIZES_MOVED when the proposal would be another one now; SECOND_PERSON; SIGN_IN_LOCKED, CODE_WRONG.
    """

    def ready(session: Session) -> tuple[ContestInForce, PrizeList]:
        contest, row = seen_list(session, actor, board, revision, only_look=True)
        row = in_state(row, ListState.PROPOSED)
        if row.proposed_by == actor:
            raise ContestError(ErrorCode.SECOND_PERSON)
        if is_open(row.body):
            raise ContestError(ErrorCode.TIES_OPEN)
        return contest, row

    def mark(row: PrizeList) -> None:
        row.confirmed_by, row.confirmed_at = actor, now

    try:
        _sensitive(db, actor, code, now, ready, mark, Action.PRIZES_CONFIRMED)
    except IntegrityError as error:
        raise ContestError(ErrorCode.SECOND_PERSON) from error


def publish(db: Database, *, actor: str, board: int, revision: int, code: str, now: datetime) -> int:
    """Show a confirmed list to everybody; it replaces the version shown before.

    Returns:
        The version.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, CHANGED_MEANWHILE; PRIZES_STATE unless it is confirmed and not yet
            published; PRIZES_MOVED; SIGN_IN_LOCKED, CODE_WRONG.
    """

    def ready(session: Session) -> tuple[ContestInForce, PrizeList]:
        contest, row = seen_list(session, actor, board, revision, only_look=True)
        return contest, in_state(row, ListState.CONFIRMED)

    def mark(row: PrizeList) -> None:
        row.published_by, row.published_at = actor, now

    return _sensitive(db, actor, code, now, ready, mark, Action.PRIZES_PUBLISHED)


def _sensitive(
    db: Database,
    actor: str,
    code: str,
    now: datetime,
    ready: Callable[[Session], tuple[ContestInForce, PrizeList]],
    mark: Callable[[PrizeList], None],
    action: Action,
) -> int:
    """Look first, so that no code is used up in vain; ask for the code; then do it under the contest's lock."""
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        end = log_end(session)
        refuse_moved(session, *ready(session))
    require_fresh(db, actor=actor, code=code, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        lock_contest(session, contest_in_force(session).contest_id)
        contest, row = ready(session)
        if log_end(session) != end:
            refuse_moved(session, contest, row)
        mark(row)
        row.revision += 1
        session.add(row)
        session.flush()
        log_list(session, row, actor, now, action)
        return row.version
