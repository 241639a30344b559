"""Lists of prizes: proposed from official results, ties decided with a reason, taken back in a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_states import ListState
from cchc_app.contest.staffing import Action
from cchc_app.contest.timing import to_millis
from cchc_app.data import audit
from cchc_app.data import prize_lists as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.official import lock_contest
from cchc_app.data.tables import PrizeList
from cchc_app.services.organise_slogans import one_sentence
from cchc_app.services.prize_proposals import build
from cchc_app.services.staff_sessions import acting, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The committee's choice among tied entries.

    Attributes:
        quota: Code of the prize.
        entries: Who wins it.
        reason: Why, for the record.
    """

    quota: str
    entries: Sequence[int]
    reason: str


def state_of(row: PrizeList) -> ListState:
    """How far a list has come."""
    if row.published_at is not None:
        return ListState.PUBLISHED
    return ListState.PROPOSED if row.confirmed_at is None else ListState.CONFIRMED


def last_hand(row: PrizeList) -> tuple[str, datetime]:
    """Who changed a list last, and when."""
    if row.published_by and row.published_at:
        return row.published_by, row.published_at
    if row.confirmed_by and row.confirmed_at:
        return row.confirmed_by, row.confirmed_at
    return row.proposed_by, row.proposed_at


def is_open(body: dict[str, Any]) -> bool:
    """Whether the committee still has to decide something."""
    return any(scope["to_decide"] or scope["waiting"] for scope in body["scopes"])


def winner_count(body: dict[str, Any]) -> int:
    """How many prizes have a winner."""
    return sum(len(scope["winners"]) for scope in body["scopes"])


def propose(db: Database, *, actor: str, board: int, revision: int, reason: str, now: datetime) -> int:
    """Fill the board's quotas from the newest official result and the published slogans.

    A list that is not published yet is made anew in its place; decisions about ties that still exist stay. After a
    published one a new version begins, which needs a reason; the published one stays public until it is replaced.

    Args:
        revision: Of the list that was seen; 0 when there was none.

    Returns:
        The version.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING; PRIZES_NONE, RESULT_MISSING, RESULT_DAMAGED; CHANGED_MEANWHILE;
            CORRECTION_REASON_MISSING.
    """
    words = one_sentence(reason)
    # Worked out before anything is locked; again under the lock only when something was done meanwhile.
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        end = log_end(session)
        body = _proposed(session, *seen_list(session, actor, board, revision, only_look=True), board, words)
    with db.write() as session:
        contest, row = seen_list(session, actor, board, revision)
        if log_end(session) != end:
            body = _proposed(session, contest, row, board, words)
        return _write(session, contest, board, row, body, actor, now, Action.PRIZES_PROPOSED)


def _proposed(
    session: Session, contest: ContestInForce, row: PrizeList | None, board: int, words: str
) -> dict[str, Any]:
    """What a proposal would say now, in place of `row` or after it."""
    fresh = row is None or row.published_at is not None
    if row is not None and fresh and not words:
        raise ContestError(ErrorCode.CORRECTION_REASON_MISSING)
    kept = {} if row is None or fresh else row.body["decisions"]
    why = words if fresh or row is None else words or row.body["reason"]
    body, outdated = build(session, contest, board, decisions=kept, reason=why)
    if outdated:
        still = {code: decision for code, decision in kept.items() if code not in outdated}
        body, _ = build(session, contest, board, decisions=still, reason=why)
    return body


def log_end(session: Session) -> int:
    """Number of the newest entry of the audit log: results, sanctions, merges, rules are all noted there."""
    end = audit.end(session)
    return end.seq if end else 0


def decide(db: Database, *, actor: str, board: int, revision: int, decision: Decision, now: datetime) -> None:
    """Say which of tied entries win. Whoever decides has had the last hand on the list, and cannot confirm it.

    Raises:
        ContestError: as `propose`; REASON_MISSING; PRIZES_STATE unless the list is proposed; PRIZES_MOVED when the
            proposal would be another one now; DECISION_INVALID unless as many of the tied are chosen as places are
            left.
    """
    words = one_sentence(decision.reason)
    if not words:
        raise ContestError(ErrorCode.REASON_MISSING)
    with db.write() as session:
        contest, row = seen_list(session, actor, board, revision)
        row = in_state(row, ListState.PROPOSED)
        refuse_moved(session, contest, row)
        made = {
            "entries": sorted(set(decision.entries)),
            "reason": words,
            "by": actor,
            "at": to_millis(now),
        }
        decisions = row.body["decisions"] | {decision.quota: made}
        body, outdated = build(session, contest, board, decisions=decisions, reason=row.body["reason"])
        if outdated:
            raise ContestError(ErrorCode.DECISION_INVALID, places=_places(row.body, decision.quota))
        _write(session, contest, board, row, body, actor, now, Action.PRIZES_DECIDED, {"quota": decision.quota, **made})


def withdraw(db: Database, *, actor: str, board: int, revision: int, reason: str, now: datetime) -> int:
    """Begin a version that takes the published list back; it needs a second person and publication like any other.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, CHANGED_MEANWHILE; PRIZES_STATE unless a list is published;
            CORRECTION_REASON_MISSING.
    """
    words = one_sentence(reason)
    with db.write() as session:
        contest, row = seen_list(session, actor, board, revision)
        row = in_state(row, ListState.PUBLISHED)
        if row.body["withdrawn"]:
            raise ContestError(ErrorCode.PRIZES_STATE)
        if not words:
            raise ContestError(ErrorCode.CORRECTION_REASON_MISSING)
        return _write(session, contest, board, row, _withdrawal(words), actor, now, Action.PRIZES_PROPOSED)


def seen_list(
    session: Session, actor: str, board: int, revision: int, *, only_look: bool = False
) -> tuple[ContestInForce, PrizeList | None]:
    """The contest, locked unless one only looks, and the newest version of the list if it is the one that was seen."""
    if not only_look:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
    contest = contest_in_force(session)
    if not only_look:
        lock_contest(session, contest.contest_id)
    row = rows.newest(session, contest_id=contest.contest_id, board=board)
    if row is not None and row.revision != revision:
        by, at = last_hand(row)
        raise ContestError(ErrorCode.CHANGED_MEANWHILE, by=by, at=at)
    if row is None and revision:
        raise ContestError(ErrorCode.PRIZES_STATE)
    return contest, row


def in_state(row: PrizeList | None, wanted: ListState) -> PrizeList:
    """The list, if it has come exactly this far; refuses with PRIZES_STATE."""
    if row is None or state_of(row) is not wanted:
        raise ContestError(ErrorCode.PRIZES_STATE)
    return row


def refuse_moved(session: Session, contest: ContestInForce, row: PrizeList) -> None:
    """Refuse a list that would come out differently now: a newer result, somebody disqualified or merged since."""
    if row.body["withdrawn"]:
        return
    body, _ = build(session, contest, row.board, decisions=row.body["decisions"], reason=row.body["reason"])
    if body != row.body:
        raise ContestError(ErrorCode.PRIZES_MOVED)


def _withdrawal(reason: str) -> dict[str, Any]:
    return {
        "reason": reason,
        "withdrawn": True,
        "rule_set": "",
        "result": None,
        "slogans": None,
        "decisions": {},
        "scopes": [],
    }


def _places(body: dict[str, Any], quota: str) -> int:
    return next((one["places"] for scope in body["scopes"] for one in scope["to_decide"] if one["quota"] == quota), 0)


def _write(
    session: Session,
    contest: ContestInForce,
    board: int,
    row: PrizeList | None,
    body: dict[str, Any],
    actor: str,
    now: datetime,
    action: Action,
    details: dict[str, Any] | None = None,
) -> int:
    """Store a body: in place of a list that is not published yet, else as the next version."""
    if row is None or row.published_at is not None:
        version, revision = (row.version + 1, row.revision + 1) if row else (1, 1)
        row = PrizeList(
            contest_id=contest.contest_id,
            board=board,
            version=version,
            revision=revision,
            body=body,
            proposed_by=actor,
            proposed_at=now,
        )
    else:
        row.body, row.revision, row.proposed_by, row.proposed_at = body, row.revision + 1, actor, now
        row.confirmed_by = row.confirmed_at = None
    session.add(row)
    session.flush()
    log_list(session, row, actor, now, action, details)
    return row.version


def log_list(
    session: Session,
    row: PrizeList,
    actor: str,
    now: datetime,
    action: Action,
    details: dict[str, Any] | None = None,
) -> None:
    """Note in the audit log what was done to a list."""
    audit.append(
        session,
        at=now,
        actor=actor,
        action=action,
        subject=f"prizes:{row.board}:{row.version}",
        after={
            "revision": row.revision,
            "winners": winner_count(row.body),
            "withdrawn": row.body["withdrawn"],
            "reason": row.body["reason"],
            **(details or {}),
        },
    )
