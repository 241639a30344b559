"""Judging slogans: points saved one by one, handed in together and final then; notes of what was said afterwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.judging import (
    check_points,
)
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, judged, judging
from cchc_app.data.contests import ContestInForce, contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.judges import Judge
from cchc_app.data.judging import TaskRow
from cchc_app.data.tables import JudgingRound, StaffAccount
from cchc_app.services.judge_conflicts import note_conflict
from cchc_app.services.judging_desk import tasks_with_points
from cchc_app.services.run_judging import missing, one_line
from cchc_app.services.staff_sessions import acting

LONGEST_COMMENT = 1000


def save_points(
    db: Database, *, actor: str, code_number: object, criterion: object, points: object, now: datetime
) -> None:
    """Give a slogan its points for one criterion, over those given before; durable when this returns.

    Args:
        actor: The judge's username.
        code_number: The slogan's blind number.
        criterion: The criterion's code.
        points: A whole number on the rules' scale.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_FINAL, POINTS_INVALID,
            BAD_REQUEST for a criterion there is not.
    """
    with db.write() as session:
        opened, task = _begin(session, actor, code_number)
        rules = rule_set_of(session, opened.rule_set_id).judging
        given = check_points(points, rules)
        if not isinstance(criterion, str) or criterion not in {one.code for one in rules.criteria}:
            raise ContestError(ErrorCode.BAD_REQUEST)
        judging.store_points(session, assignment_id=task.assignment_id, criterion=criterion, points=given, now=now)
        if task.skipped:
            judging.change_task(session, task.assignment_id, skipped=False)


def save_comment(db: Database, *, actor: str, code_number: object, comment: str) -> None:
    """Keep a judge's own note about a slogan; empty takes it away.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_FINAL.
    """
    with db.write() as session:
        _, task = _begin(session, actor, code_number)
        judging.change_task(session, task.assignment_id, comment=one_line(comment, LONGEST_COMMENT))


def set_skipped(db: Database, *, actor: str, code_number: object, skipped: bool) -> None:
    """Put a slogan off, or take it up again.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_FINAL.
    """
    with db.write() as session:
        _, task = _begin(session, actor, code_number)
        judging.change_task(session, task.assignment_id, skipped=skipped)


def declare_conflict(db: Database, *, actor: str, code_number: object, reason: str, now: datetime) -> None:
    """Say that one must not judge a slogan: it is gone from the desk, and organisers give it to somebody else.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_FINAL, REASON_MISSING.
    """
    with db.write() as session:
        account = acting(session, actor=actor, permission=Permission.JUDGE_SLOGANS)
        contest = contest_in_force(session)
        opened = _hold(session, contest, alone=True)
        task = _own(session, account, opened, code_number)
        judge = Judge(
            account.id or 0, account.username, account.display_name, True, account.citizen_id_index is not None
        )
        unit_id = judging.unit_of(session, task.slogan_id)
        note_conflict(session, contest, judge, unit_id=unit_id, reason=reason, actor=actor, now=now)


def submit(db: Database, *, actor: str, now: datetime) -> None:
    """Hand in everything at once; it cannot be changed afterwards. Handing in twice is handing in once.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN without tasks, SCORES_INCOMPLETE.
    """
    with db.write() as session:
        account = acting(session, actor=actor, permission=Permission.JUDGE_SLOGANS)
        opened = _hold(session, contest_in_force(session), alone=False)
        rules = rule_set_of(session, opened.rule_set_id).judging
        rows = judging.tasks_of(session, staff_id=account.id or 0, round_id=opened.id or 0)
        if not rows:
            raise ContestError(ErrorCode.TASK_UNKNOWN)
        tasks = tasks_with_points(session, rows, rules)
        left = sum(not task.complete for task in tasks)
        if left:
            raise ContestError(ErrorCode.SCORES_INCOMPLETE, left=left)
        fresh = [row.assignment_id for row in rows if row.submitted_at is None]
        if fresh:
            judging.submit_tasks(session, fresh, now=now)
            after, subject = {"slogans": len(fresh)}, f"round:{opened.number}"
            audit.append(session, at=now, actor=actor, action=Action.SCORES_SUBMITTED, subject=subject, after=after)


def add_note(db: Database, *, actor: str, number: object, code_number: object, text: str, now: datetime) -> None:
    """Write down what was said about a slogan one has judged, once all scores of the round are in.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, NOTE_EMPTY, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_HIDDEN.
    """
    said = one_line(text, LONGEST_COMMENT)
    with db.write() as session:
        account = acting(session, actor=actor, permission=Permission.JUDGE_SLOGANS)
        contest = contest_in_force(session)
        rounds = {one.number: one for one in judging.rounds(session, contest.contest_id)}
        shown = rounds.get(number) if isinstance(number, int) else None
        if shown is None:
            raise ContestError(ErrorCode.ROUND_NOT_OPEN)
        task = _find(judging.tasks_of(session, staff_id=account.id or 0, round_id=shown.id or 0), code_number)
        if shown.closed_at is None and missing(judged.tasks_in(session, [shown.id or 0])):
            raise ContestError(ErrorCode.SCORES_HIDDEN)
        if not said:
            raise ContestError(ErrorCode.NOTE_EMPTY)
        judged.add_note(
            session, round_id=shown.id or 0, slogan_id=task.slogan_id, staff_id=account.id or 0, text=said, now=now
        )


def _begin(session: Session, actor: str, code_number: object) -> tuple[JudgingRound, TaskRow]:
    """The open round, shared, and one's own task in it that may still be changed."""
    account = acting(session, actor=actor, permission=Permission.JUDGE_SLOGANS)
    opened = _hold(session, contest_in_force(session), alone=False)
    return opened, _own(session, account, opened, code_number)


def _hold(session: Session, contest: ContestInForce, *, alone: bool) -> JudgingRound:
    opened = judging.hold_open_round(session, contest.contest_id, alone=alone)
    if opened is None:
        raise ContestError(ErrorCode.ROUND_NOT_OPEN)
    return opened


def _own(session: Session, account: StaffAccount, opened: JudgingRound, code_number: object) -> TaskRow:
    task = _find(judging.tasks_of(session, staff_id=account.id or 0, round_id=opened.id or 0), code_number)
    if task.submitted_at is not None:
        raise ContestError(ErrorCode.SCORES_FINAL)
    return task


def _find(rows: Sequence[TaskRow], code_number: object) -> TaskRow:
    wanted = code_number if isinstance(code_number, int) and not isinstance(code_number, bool) else 0
    found = next((row for row in rows if row.code_number == wanted), None)
    if found is None:
        raise ContestError(ErrorCode.TASK_UNKNOWN)
    return found
