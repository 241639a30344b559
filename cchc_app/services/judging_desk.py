"""What a judge sees: one's own tasks, and, when everybody's scores of the round are in, what the others gave.

Nothing here names a unit or an author, and nobody's scores are told before everybody's are in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.judging import (
    JudgingRules,
    aggregate,
    is_complete,
    needs_talk,
    spread,
    total,
)
from cchc_app.data import judged, judging
from cchc_app.data.contests import contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.judged import GivenTask
from cchc_app.data.judging import TaskRow
from cchc_app.data.tables import StaffAccount
from cchc_app.services.run_judging import missing
from cchc_app.services.staff_sessions import reading


@dataclass(frozen=True, slots=True)
class Task:
    """One slogan to judge, as a judge may know it."""

    code_number: int
    text: str
    points: Mapping[str, int]
    comment: str
    skipped: bool
    complete: bool
    submitted: bool


@dataclass(frozen=True, slots=True)
class GivenScore:
    """What a judge gave, once all are in."""

    display_name: str
    points: Mapping[str, int]
    total: Fraction
    comment: str
    mine: bool


@dataclass(frozen=True, slots=True)
class SaidNote:
    """What a judge wrote down of a talk."""

    display_name: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """A slogan one has judged, beside what the others gave it."""

    code_number: int
    text: str
    scores: tuple[GivenScore, ...]
    score: Fraction
    spread: Fraction
    needs_talk: bool
    notes: tuple[SaidNote, ...]


@dataclass(frozen=True, slots=True)
class JudgeDesk:
    """What a judge sees of a round.

    Attributes:
        rules: The rules of the round.
        rounds: Numbers of the rounds in which the judge has been given something.
        number: The round shown, 0 for none.
        is_open: Whether points may be given.
        tasks: By blind number.
        waiting: How many tasks of all judges are not handed in.
        compared: Filled when nothing is waited for.
    """

    rules: JudgingRules
    rounds: tuple[int, ...]
    number: int
    is_open: bool
    tasks: tuple[Task, ...]
    waiting: int
    compared: tuple[Compared, ...]


def desk(db: Database, *, actor: str, number: int | None = None) -> JudgeDesk:
    """A judge's desk.

    Args:
        actor: The judge's username.
        number: Of the round; None, or one the judge was not in, for the newest the judge is in.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        judge = reading(session, actor=actor, permission=Permission.JUDGE_SLOGANS)
        contest, mine = contest_in_force(session), judging.rounds_of(session, judge.id or 0)
        found = {one.number: one for one in judging.rounds(session, contest.contest_id) if one.id in mine}
        if not found:
            return JudgeDesk(contest.rule_set.judging, (), 0, False, (), 0, ())
        shown = found.get(number or 0, found[max(found)])
        rules = rule_set_of(session, shown.rule_set_id).judging
        rows = judging.tasks_of(session, staff_id=judge.id or 0, round_id=shown.id or 0)
        everybodys = judged.tasks_in(session, [shown.id or 0])
        waiting = 0 if shown.closed_at is not None else len(missing(everybodys))
        return JudgeDesk(
            rules,
            tuple(found),
            shown.number,
            shown.closed_at is None,
            tasks_with_points(session, rows, rules),
            waiting,
            () if waiting else _compared(session, judge, rows, everybodys, rules),
        )


def tasks_with_points(session: Session, rows: Sequence[TaskRow], rules: JudgingRules) -> tuple[Task, ...]:
    """Tasks as their judge sees them."""
    points = judging.points_of(session, [row.assignment_id for row in rows])
    return tuple(
        Task(
            row.code_number,
            row.text,
            (its := points.get(row.assignment_id, {})),
            row.comment,
            row.skipped,
            is_complete(its, rules),
            row.submitted_at is not None,
        )
        for row in rows
    )


def _compared(
    session: Session,
    judge: StaffAccount,
    rows: Sequence[TaskRow],
    everybodys: Sequence[GivenTask],
    rules: JudgingRules,
) -> tuple[Compared, ...]:
    """One's own slogans with everybody's scores, those to talk about first."""
    mine = {row.slogan_id: row for row in rows if row.submitted_at is not None}
    beside = [task for task in everybodys if task.slogan_id in mine and task.submitted]
    points = judging.points_of(session, [task.assignment_id for task in beside])
    notes = judged.notes(session, list(mine))
    found = []
    for slogan_id, row in mine.items():
        scores = tuple(
            GivenScore(
                task.display_name,
                points[task.assignment_id],
                total(points[task.assignment_id], rules),
                task.comment,
                task.staff_id == judge.id,
            )
            for task in beside
            if task.slogan_id == slogan_id
        )
        totals = [score.total for score in scores]
        found.append(
            Compared(
                row.code_number,
                row.text,
                scores,
                aggregate(totals, rules),
                spread(totals),
                needs_talk(totals, rules),
                tuple(
                    SaidNote(note.display_name, note.text, note.written_at)
                    for note in notes
                    if note.slogan_id == slogan_id
                ),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.needs_talk, one.code_number)))
