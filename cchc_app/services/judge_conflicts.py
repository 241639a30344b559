"""Units whose slogans a judge must not judge: noted, and taken back where that was wrong. All in the audit log."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, judged, judges, judging, people
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.judges import Judge
from cchc_app.services.run_judging import LONGEST_REASON, one_line, take_back
from cchc_app.services.staff_sessions import acting


def declare_conflict(db: Database, *, actor: str, judge: str, unit: str, reason: str, now: datetime) -> None:
    """Note that a judge must not judge a unit's slogan; what the judge gave it in the open round is taken back.

    Args:
        actor: Username of who says so.
        judge: Username of the judge.
        unit: The unit's code.
        reason: Why, one sentence.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, REASON_MISSING, JUDGE_UNKNOWN, UNIT_UNKNOWN.
    """
    with db.write() as session:
        contest, found, unit_id = _named(session, actor=actor, judge=judge, unit=unit)
        note_conflict(session, contest, found, unit_id=unit_id, reason=reason, actor=actor, now=now)


def lift_conflict(db: Database, *, actor: str, judge: str, unit: str, reason: str, now: datetime) -> None:
    """Take back a conflict that was noted: the judge may judge the unit's slogan again.

    A task that was not given to another judge meanwhile comes back to the desk, empty. The own unit stays barred.
    Arguments as `declare_conflict`.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, REASON_MISSING, JUDGE_UNKNOWN, UNIT_UNKNOWN, CONFLICT_UNKNOWN.
    """
    with db.write() as session:
        contest, found, unit_id = _named(session, actor=actor, judge=judge, unit=unit)
        why = _reason(reason)
        judging.hold_open_round(session, contest.contest_id, alone=True)
        noted = judges.remove_conflict(session, staff_id=found.staff_id, unit_id=unit_id)
        if noted is None:
            raise ContestError(ErrorCode.CONFLICT_UNKNOWN)
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.CONFLICT_LIFTED,
            subject=f"staff:{found.username}",
            before={"unit": unit_id, "reason": noted.reason, "by": noted.noted_by},
            after={"reason": why},
        )


def note_conflict(
    session: Session, contest: ContestInForce, judge: Judge, *, unit_id: int, reason: str, actor: str, now: datetime
) -> None:
    """Write a conflict and take back what the judge gave the unit's slogan in the open round.

    The judge's account is locked by the caller.

    Raises:
        ContestError: REASON_MISSING.
    """
    why = _reason(reason)
    opened = judging.hold_open_round(session, contest.contest_id, alone=True)
    judges.add_conflict(session, staff_id=judge.staff_id, unit_id=unit_id, reason=why, noted_by=actor, now=now)
    after = {"unit": unit_id, "reason": why}
    subject = f"staff:{judge.username}"
    audit.append(session, at=now, actor=actor, action=Action.CONFLICT_NOTED, subject=subject, after=after)
    for task in judged.tasks_in(session, [opened.id or 0]) if opened else ():
        if (task.staff_id, task.unit_id) == (judge.staff_id, unit_id):
            take_back(session, task, actor=actor, now=now)


def _named(session: Session, *, actor: str, judge: str, unit: str) -> tuple[ContestInForce, Judge, int]:
    """The contest, the judge, locked, and the unit's id, for somebody who runs the contest."""
    acting(session, actor=actor, permission=Permission.RUN_CONTEST)
    contest = contest_in_force(session)
    found = next((one for one in judges.lock_judges(session) if one.username == judge), None)
    if found is None:
        raise ContestError(ErrorCode.JUDGE_UNKNOWN)
    unit_id = people.unit_id_by_code(session, contest_id=contest.contest_id, code=unit)
    if unit_id is None:
        raise ContestError(ErrorCode.UNIT_UNKNOWN)
    return contest, found, unit_id


def _reason(typed: str) -> str:
    why = one_line(typed, LONGEST_REASON)
    if not why:
        raise ContestError(ErrorCode.REASON_MISSING)
    return why
