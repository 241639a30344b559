"""The organisers' side of judging: rounds opened and closed, tasks given out. All in the audit log."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.assignment import assign, drawn_order
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, judged, judges, judging
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.crypto import new_token
from cchc_app.data.engine import Database
from cchc_app.data.judged import GivenTask
from cchc_app.data.judges import Judge
from cchc_app.data.judging import Entrant
from cchc_app.data.tables import JudgingRound
from cchc_app.services.judging_results import results_in
from cchc_app.services.staff_sessions import acting

LONGEST_REASON = 300
MAIN_ROUND = 1
NAMED = 5  # units in a refusal; of the others, how many


def open_main(db: Database, *, actor: str, now: datetime) -> None:
    """Open the main round: freeze what counts of every slogan, give blind numbers, give out the tasks, all by lot.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, MAIN_ROUND_EXISTS, SLOGANS_STILL_COME, NOTHING_TO_JUDGE,
            JUDGES_LACKING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = contest_in_force(session)
        pool = judges.lock_judges(session)
        if judging.rounds(session, contest.contest_id):
            raise ContestError(ErrorCode.MAIN_ROUND_EXISTS)
        until = last_deadline(session, contest)
        if now < until:
            raise ContestError(ErrorCode.SLOGANS_STILL_COME, until=until)
        found, seed = judging.entrants(session, contest.contest_id), new_token()
        if not found:
            raise ContestError(ErrorCode.NOTHING_TO_JUDGE)
        numbered = drawn_order([one.slogan_id for one in found], seed)
        judging.give_numbers(session, numbered, contest_id=contest.contest_id)
        _open(session, contest, MAIN_ROUND, found, pool, seed=seed, actor=actor, now=now)


def open_tie(db: Database, *, actor: str, code_numbers: Collection[int], now: datetime) -> None:
    """Open a round that judges tied slogans once more.

    Args:
        actor: Username of who opens it.
        code_numbers: Blind numbers of the slogans: one or more groups that are still tied, each of them whole.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_OPEN, TIE_UNKNOWN, JUDGES_LACKING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = contest_in_force(session)
        pool, earlier = judges.lock_judges(session), judging.rounds(session, contest.contest_id)
        if any(one.closed_at is None for one in earlier):
            raise ContestError(ErrorCode.ROUND_OPEN)
        chosen = _whole_ties(session, contest, set(code_numbers))
        tasks = judged.tasks_in(session, [earlier[0].id or 0])
        versions = {task.slogan_id: task.version_id for task in tasks}
        found = [Entrant(one, versions[one], unit_id, name) for one, unit_id, name in chosen]
        _open(session, contest, len(earlier) + 1, found, pool, seed=new_token(), actor=actor, now=now)


def close_round(db: Database, *, actor: str, now: datetime) -> None:
    """Close the open round, once every judge has handed in: its scores are final.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, ROUND_INCOMPLETE.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        opened = _hold_round(session, contest_in_force(session))
        left = len(missing(judged.tasks_in(session, [opened.id or 0])))
        if left:
            raise ContestError(ErrorCode.ROUND_INCOMPLETE, left=left)
        opened.closed_by, opened.closed_at = actor, now
        session.add(opened)
        session.flush()
        audit.append(session, at=now, actor=actor, action=Action.ROUND_CLOSED, subject=f"round:{opened.number}")


def reassign(db: Database, *, actor: str, code_number: int, judge: str, to: str, now: datetime) -> None:
    """Give a judge's task in the open round to another judge.

    Allowed before the task has points; later only when the judge is in conflict, or may not judge any more and has not
    handed in.

    Args:
        actor: Username of who does it.
        code_number: The slogan's blind number.
        judge: Username of who has the task.
        to: Username of who gets it.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ROUND_NOT_OPEN, TASK_UNKNOWN, SCORES_FINAL, TASK_BEGUN,
            JUDGE_UNKNOWN, JUDGE_HAS_TASK, JUDGE_IN_CONFLICT.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest, pool = contest_in_force(session), judges.lock_judges(session)
        opened = _hold_round(session, contest)
        beside = [task for task in judged.tasks_in(session, [opened.id or 0]) if task.code_number == code_number]
        task = next((one for one in beside if one.username == judge), None)
        if task is None:
            raise ContestError(ErrorCode.TASK_UNKNOWN)
        barred = judges.conflicts(session, contest.contest_id)
        _require_free(session, task, barred, pool)
        taker = next((one for one in pool if one.username == to), None)
        if taker is None:
            raise ContestError(ErrorCode.JUDGE_UNKNOWN)
        if any(one.staff_id == taker.staff_id for one in beside):
            raise ContestError(ErrorCode.JUDGE_HAS_TASK)
        if (taker.staff_id, task.unit_id) in barred:
            raise ContestError(ErrorCode.JUDGE_IN_CONFLICT)
        take_back(session, task, actor=actor, now=now)
        judging.change_task(session, task.assignment_id, staff_id=taker.staff_id, assigned_by=actor)
        subject = f"slogan:{task.slogan_id}"
        before, after = {"judge": judge, "round": opened.number}, {"judge": to}
        audit.append(
            session, at=now, actor=actor, action=Action.TASK_GIVEN, subject=subject, before=before, after=after
        )


def take_back(session: Session, task: GivenTask, *, actor: str, now: datetime) -> None:
    """Clear a task of what was given in it; points that were there are kept by the audit log."""
    points = judging.points_of(session, [task.assignment_id]).get(task.assignment_id, {})
    judging.clear_task(session, task.assignment_id)
    if points:
        before = {
            "judge": task.username,
            "points": " ".join(f"{name}={given}" for name, given in sorted(points.items())),
        }
        subject = f"slogan:{task.slogan_id}"
        audit.append(session, at=now, actor=actor, action=Action.TASK_TAKEN, subject=subject, before=before)


def missing(tasks: Iterable[GivenTask]) -> list[GivenTask]:
    """The tasks a round still waits for; what is disqualified need not be judged."""
    return [task for task in tasks if not task.submitted and not task.disqualified]


def last_deadline(session: Session, contest: ContestInForce) -> datetime:
    """From when on no unit can change its slogan any more, exceptions included."""
    exception = judging.latest_exception(session, contest.contest_id)
    closes_at = contest.rule_set.slogan.closes_at
    return closes_at if exception is None else max(closes_at, exception)


def one_line(text: str, longest: int) -> str:
    """What staff wrote, without what cannot be seen, cut where it is too long."""
    return "".join(char for char in canonical(text[:longest]) if char.isprintable())


def _open(
    session: Session,
    contest: ContestInForce,
    number: int,
    found: list[Entrant],
    pool: list[Judge],
    *,
    seed: str,
    actor: str,
    now: datetime,
) -> None:
    tasks = _drawn(session, contest, found, pool, seed)
    round_id = judging.add_round(
        session,
        contest_id=contest.contest_id,
        number=number,
        rule_set_id=contest.rule_set_id,
        opened_by=actor,
        now=now,
    )
    if round_id is None:
        raise ContestError(ErrorCode.ROUND_OPEN)
    versions = {one.slogan_id: one.version_id for one in found}
    judging.add_tasks(session, tasks, round_id=round_id, versions=versions, by=actor)
    after = {"slogans": len(found), "judges": len({judge for _, judge in tasks}), "seed": seed}
    audit.append(session, at=now, actor=actor, action=Action.ROUND_OPENED, subject=f"round:{number}", after=after)


def _drawn(
    session: Session, contest: ContestInForce, found: list[Entrant], pool: list[Judge], seed: str
) -> tuple[tuple[int, int], ...]:
    """(slogan, judge) by lot. Refuses with JUDGES_LACKING, which names the units."""
    barred = judges.conflicts(session, contest.contest_id)
    try:
        return assign(
            slogans=[one.slogan_id for one in found],
            judges=[judge.staff_id for judge in pool],
            barred={
                (one.slogan_id, judge.staff_id)
                for one in found
                for judge in pool
                if (judge.staff_id, one.unit_id) in barred
            },
            per_slogan=contest.rule_set.judging.judges_per_slogan,
            seed=seed,
        )
    except ContestError as refused:
        lacking = cast(tuple[int, ...], refused.details["slogans"])
        names = [one.unit_name for one in found if one.slogan_id in lacking]
        more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        raise ContestError(refused.code, slogans="; ".join([*names[:NAMED], *more])) from None


def _hold_round(session: Session, contest: ContestInForce) -> JudgingRound:
    opened = judging.hold_open_round(session, contest.contest_id, alone=True)
    if opened is None:
        raise ContestError(ErrorCode.ROUND_NOT_OPEN)
    return opened


def _whole_ties(session: Session, contest: ContestInForce, wanted: set[int]) -> list[tuple[int, int, str]]:
    """The chosen tied slogans: (slogan, unit, name of the unit). Refuses with TIE_UNKNOWN."""
    tied = [one for one in results_in(session, contest.contest_id).slogans if one.tied]
    chosen = [one for one in tied if one.code_number in wanted]
    ranks = {one.rank for one in chosen}
    if not chosen or {one.code_number for one in tied if one.rank in ranks} != wanted:
        raise ContestError(ErrorCode.TIE_UNKNOWN)
    return [(one.slogan_id, one.unit_id, one.unit_name) for one in chosen]


def _require_free(session: Session, task: GivenTask, barred: set[tuple[int, int]], pool: list[Judge]) -> None:
    """Refuses to take a task from a judge who has begun it, with SCORES_FINAL or TASK_BEGUN."""
    if (task.staff_id, task.unit_id) in barred:
        return
    if task.submitted:
        raise ContestError(ErrorCode.SCORES_FINAL)
    still_judges = any(judge.staff_id == task.staff_id for judge in pool)
    if still_judges and judging.points_of(session, [task.assignment_id]):
        raise ContestError(ErrorCode.TASK_BEGUN)
