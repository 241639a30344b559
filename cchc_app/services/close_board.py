"""Closing a period, or the whole contest: the board is computed from the raw answers and frozen, in versions."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.official import Difference
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import official as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import OfficialResult
from cchc_app.services.official_results import Computed, Progress, compute, stands_on
from cchc_app.services.organise_slogans import one_sentence
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh
from cchc_app.services.standings import SETTLE_MARGIN


@dataclass(frozen=True, slots=True)
class Check:
    """What closing a board now would freeze.

    Attributes:
        board: The period's number or OVERALL.
        version: It would be.
        people: Who get a place.
        ranked_units: Units with a rank, of `units`.
        digest: Of the result; giving it to `close` says what was seen.
        differences: Stored figures that the raw answers do not give: the first ones.
        difference_count: How many there are.
        live_differences: Lines that the live board has otherwise.
        same_as_newest: Whether the newest version says exactly this.
    """

    board: int
    version: int
    people: int
    units: int
    ranked_units: int
    digest: str
    differences: tuple[Difference, ...]
    difference_count: int
    live_differences: int
    same_as_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWish:
    """What an organiser wants to freeze.

    Attributes:
        board: The period's number or OVERALL.
        version: As checked.
        digest: As checked.
        acknowledged: Whether the differences were looked at and accepted.
        reason: Why a version is corrected; not asked for of the first.
        code: A fresh code of the actor.
    """

    board: int
    version: int
    digest: str
    acknowledged: bool
    reason: str
    code: str


def check(db: Database, *, actor: str, board: int, now: datetime, progress: Progress) -> Check:
    """Compute a board without freezing it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, NO_PERIOD, PERIOD_RUNNING, PAPERS_OPEN, PREDICTION_UNSETTLED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        closable(session, board, now)
    computed = compute(db, board=board, progress=progress)
    with db.read() as session:
        newest = rows.newest(session, contest_id=computed.contest.contest_id, board=board)
    return Check(
        board=board,
        version=newest.version + 1 if newest else 1,
        people=len(computed.places),
        units=len(computed.units),
        ranked_units=sum(unit["rank"] is not None for unit in computed.units),
        digest=computed.digest,
        differences=computed.differences,
        difference_count=computed.difference_count,
        live_differences=computed.live_differences,
        same_as_newest=newest is not None and newest.digest == computed.digest,
    )


def close(db: Database, *, actor: str, wish: CloseWish, now: datetime, progress: Progress) -> int:
    """Freeze a board as it was checked. The fresh code is asked for when everything else is in order.

    Returns:
        The version.

    Raises:
        ContestError: as `check`; RESULT_EXISTS when somebody closed or corrected it since it was checked;
            CORRECTION_REASON_MISSING, RESULT_UNCHANGED for a correction; RESULT_MOVED when what it rests on changed;
            DIFFERENCES_UNSEEN; SIGN_IN_LOCKED, CODE_WRONG.
    """
    reason = one_sentence(wish.reason)
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        _next_version(session, closable(session, wish.board, now), wish, reason)
    computed = compute(db, board=wish.board, progress=progress)
    if computed.digest != wish.digest:
        raise ContestError(ErrorCode.RESULT_MOVED)
    if computed.difference_count and not wish.acknowledged:
        raise ContestError(ErrorCode.DIFFERENCES_UNSEEN, count=computed.difference_count)
    require_fresh(db, actor=actor, code=wish.code, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        rows.lock_contest(session, computed.contest.contest_id)
        contest = closable(session, wish.board, now)
        _next_version(session, contest, wish, reason)
        if stands_on(session, contest, wish.board) != computed.fingerprint:
            raise ContestError(ErrorCode.RESULT_MOVED)
        _freeze(session, computed, wish.version, reason, actor, now)
    return wish.version


def closable(session: Session, board: int, now: datetime) -> ContestInForce:
    """The contest, if a board of it is complete: over, every paper closed, predictions settled."""
    contest = contest_in_force(session)
    periods = [one for one in contest.rule_set.periods if board in (OVERALL, one.number)]
    if not periods:
        raise ContestError(ErrorCode.NO_PERIOD)
    over_at = max(one.closes_at for one in periods) + SETTLE_MARGIN
    if now < over_at:
        raise ContestError(ErrorCode.PERIOD_RUNNING, until=over_at)
    waiting = rows.open_papers(session, rows.board_periods(contest.period_ids, board))
    if waiting:
        raise ContestError(ErrorCode.PAPERS_OPEN, count=waiting)
    if any(one.prediction is not None and one.number not in contest.settled for one in periods):
        raise ContestError(ErrorCode.PREDICTION_UNSETTLED)
    return contest


def _next_version(session: Session, contest: ContestInForce, wish: CloseWish, reason: str) -> None:
    newest = rows.newest(session, contest_id=contest.contest_id, board=wish.board)
    if wish.version != (newest.version + 1 if newest else 1):
        if newest is None:
            raise ContestError(ErrorCode.RESULT_MOVED)
        raise ContestError(ErrorCode.RESULT_EXISTS, version=newest.version, by=newest.closed_by, at=newest.closed_at)
    if newest is not None and not reason:
        raise ContestError(ErrorCode.CORRECTION_REASON_MISSING)
    if newest is not None and newest.digest == wish.digest:
        raise ContestError(ErrorCode.RESULT_UNCHANGED)


def _freeze(session: Session, computed: Computed, version: int, reason: str, actor: str, now: datetime) -> None:
    first = version == 1
    result = OfficialResult(
        contest_id=computed.contest.contest_id,
        board=computed.board,
        version=version,
        rule_set_id=computed.contest.rule_set_id,
        reason="" if first else reason,
        people=len(computed.places),
        digest=computed.digest,
        units=list(computed.units),
        closed_by=actor,
        closed_at=now,
    )
    rows.store(session, result, computed.places)
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.RESULT_CLOSED if first else Action.RESULT_CORRECTED,
        subject=f"result:{computed.board}:{version}",
        after={
            "version": version,
            "people": len(computed.places),
            "digest": computed.digest,
            "differences": computed.difference_count,
            "reason": result.reason,
        },
    )
