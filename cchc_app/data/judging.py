"""Queries of judging: rounds, tasks, points.

Locks are taken in one order: accounts of staff, the round, slogans, the audit log. Whoever changes a round's tasks
holds its row; whoever gives points only shares it, so that judges do not wait for each other and a closing round waits
for them. A task is never deleted: whoever must not judge it does not see it, until it is given to somebody else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, update
from sqlmodel import Session, col, select

from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import (
    JudgeConflict,
    JudgingAssignment,
    JudgingNote,
    JudgingRound,
    JudgingScore,
    Participant,
    Slogan,
    SloganException,
    SloganVersion,
    StaffAccount,
    Unit,
)

SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Entrant:
    """A slogan that counts: submitted, not disqualified, with its newest version."""

    slogan_id: int
    version_id: int
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A judge's task as judges may know it: without unit and author."""

    assignment_id: int
    slogan_id: int
    staff_id: int
    code_number: int
    text: str
    comment: str
    skipped: bool
    submitted_at: datetime | None


def rounds(session: Session, contest_id: int) -> Sequence[JudgingRound]:
    """Every round of a contest, the main one first."""
    statement = select(JudgingRound).where(JudgingRound.contest_id == contest_id)
    return session.exec(statement.order_by(col(JudgingRound.number))).all()


def hold_open_round(session: Session, contest_id: int, *, alone: bool) -> JudgingRound | None:
    """The open round, locked until the transaction ends: alone to change its tasks, else shared with other judges."""
    statement = (
        select(JudgingRound)
        .where(JudgingRound.contest_id == contest_id, col(JudgingRound.closed_at).is_(None))
        .with_for_update(read=not alone)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def add_round(
    session: Session, *, contest_id: int, number: int, rule_set_id: int, opened_by: str, now: datetime
) -> int | None:
    """Open a round; the unique constraint decides between two who do it at once. None for whoever came second."""
    values = {"contest_id": contest_id, "number": number, "rule_set_id": rule_set_id}
    statement = insert_into(session, JudgingRound).values(**values, opened_by=opened_by, opened_at=now)
    once = statement.on_conflict_do_nothing(index_elements=["contest_id", "number"])
    return session.execute(once.returning(col(JudgingRound.id))).scalar_one_or_none()


def latest_exception(session: Session, contest_id: int) -> datetime | None:
    """The last instant until which some unit has more time, by each unit's newest exception."""
    newest = (
        select(func.max(SloganException.id))
        .join(Unit, col(Unit.id) == SloganException.unit_id)
        .where(Unit.contest_id == contest_id)
        .group_by(col(SloganException.unit_id))
    )
    return session.exec(
        select(SloganException.closes_at)
        .where(col(SloganException.id).in_(newest))
        .order_by(col(SloganException.closes_at).desc())
        .limit(1)
    ).first()


def entrants(session: Session, contest_id: int) -> list[Entrant]:
    """What there is to judge; the slogans' rows are locked, so that nobody withdraws or replaces one meanwhile."""
    found = session.exec(
        select(Slogan.id, SloganVersion.id, Unit.id, Unit.name)
        .join(
            SloganVersion,
            (col(SloganVersion.slogan_id) == Slogan.id) & (col(SloganVersion.number) == Slogan.version_number),
        )
        .join(Unit, col(Unit.id) == Slogan.unit_id)
        .where(Slogan.contest_id == contest_id, Slogan.status == SUBMITTED, col(Slogan.disqualified_at).is_(None))
        .order_by(col(Slogan.id))
        .with_for_update(of=Slogan)
    )
    return [Entrant(slogan or 0, version or 0, unit or 0, name) for slogan, version, unit, name in found]


def count_entrants(session: Session, contest_id: int) -> int:
    """How many slogans count now."""
    return session.exec(
        select(func.count())
        .select_from(Slogan)
        .where(Slogan.contest_id == contest_id, Slogan.status == SUBMITTED, col(Slogan.disqualified_at).is_(None))
    ).one()


def give_numbers(session: Session, slogan_ids: Sequence[int], *, contest_id: int) -> None:
    """Give slogans the numbers 1, 2, 3, … in this order, and no other slogan of the contest one."""
    session.execute(update(Slogan).where(col(Slogan.contest_id) == contest_id).values(code_number=None))
    for number, slogan_id in enumerate(slogan_ids, 1):
        session.execute(update(Slogan).where(col(Slogan.id) == slogan_id).values(code_number=number))


def add_tasks(
    session: Session, tasks: Iterable[tuple[int, int]], *, round_id: int, versions: Mapping[int, int], by: str
) -> None:
    """Give out tasks.

    Args:
        tasks: (slogan, judge).
        round_id: Of the round.
        versions: The version to judge, by slogan.
        by: Who gives them out.
    """
    session.add_all(
        JudgingAssignment(
            round_id=round_id, slogan_id=slogan, version_id=versions[slogan], staff_id=judge, assigned_by=by
        )
        for slogan, judge in tasks
    )
    session.flush()


def rounds_of(session: Session, staff_id: int) -> set[int]:
    """Ids of the rounds in which a judge was given something."""
    return set(
        session.exec(select(JudgingAssignment.round_id).where(JudgingAssignment.staff_id == staff_id).distinct())
    )


def unit_of(session: Session, slogan_id: int) -> int:
    """The unit whose a slogan is."""
    return session.get_one(Slogan, slogan_id).unit_id


def tasks_of(session: Session, *, staff_id: int, round_id: int) -> list[TaskRow]:
    """A judge's tasks in a round, by blind number: none of a disqualified slogan, none of a unit with a conflict.

    Their rows need no lock of their own: judges change only their own, with their account locked; organisers change
    them with the round to themselves.
    """
    declared = select(JudgeConflict.unit_id).where(JudgeConflict.staff_id == staff_id)
    own = (
        select(Participant.unit_id)
        .join(StaffAccount, col(StaffAccount.citizen_id_index) == Participant.citizen_id_index)
        .where(StaffAccount.id == staff_id, Participant.contest_id == Slogan.contest_id)
        .correlate(Slogan)
    )
    statement = (
        select(JudgingAssignment, Slogan.code_number, SloganVersion.text)
        .join(Slogan, col(Slogan.id) == JudgingAssignment.slogan_id)
        .join(SloganVersion, col(SloganVersion.id) == JudgingAssignment.version_id)
        .where(
            JudgingAssignment.staff_id == staff_id,
            JudgingAssignment.round_id == round_id,
            col(Slogan.disqualified_at).is_(None),
            col(Slogan.unit_id).not_in(declared),
            col(Slogan.unit_id).not_in(own),
        )
        .order_by(col(Slogan.code_number))
        .execution_options(populate_existing=True)
    )
    return [
        TaskRow(
            task.id or 0,
            task.slogan_id,
            task.staff_id,
            number or 0,
            text,
            task.comment,
            task.skipped,
            task.submitted_at,
        )
        for task, number, text in session.exec(statement)
    ]


def points_of(session: Session, assignment_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Points by task, then by criterion."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in session.exec(select(JudgingScore).where(col(JudgingScore.assignment_id).in_(assignment_ids))):
        found[row.assignment_id][row.criterion] = row.points
    return found


def store_points(session: Session, *, assignment_id: int, criterion: str, points: int, now: datetime) -> None:
    """Write the points of one criterion over those that were there."""
    statement = insert_into(session, JudgingScore).values(
        assignment_id=assignment_id, criterion=criterion, points=points, saved_at=now
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["assignment_id", "criterion"], set_={"points": points, "saved_at": now}
        )
    )


def change_task(session: Session, assignment_id: int, **values: object) -> None:
    """Write columns of a task."""
    session.execute(update(JudgingAssignment).where(col(JudgingAssignment.id) == assignment_id).values(**values))


def submit_tasks(session: Session, assignment_ids: Collection[int], *, now: datetime) -> None:
    """Hand tasks in."""
    session.execute(
        update(JudgingAssignment).where(col(JudgingAssignment.id).in_(assignment_ids)).values(submitted_at=now)
    )


def clear_task(session: Session, assignment_id: int, **values: object) -> None:
    """Take away what was given in a task, and write other columns of it."""
    session.execute(delete(JudgingScore).where(col(JudgingScore.assignment_id) == assignment_id))
    change_task(session, assignment_id, comment="", skipped=False, submitted_at=None, **values)


def remove_judging(session: Session, slogan_ids: Select) -> None:
    """Delete all that hangs on the judging of these slogans, and the rounds in which nothing else was judged.

    Args:
        slogan_ids: A query of them.
    """
    tasks = select(JudgingAssignment.id).where(col(JudgingAssignment.slogan_id).in_(slogan_ids))
    session.execute(delete(JudgingScore).where(col(JudgingScore.assignment_id).in_(tasks)))
    for table in (JudgingAssignment, JudgingNote):
        session.execute(delete(table).where(col(table.slogan_id).in_(slogan_ids)))
    session.execute(delete(JudgingRound).where(col(JudgingRound.id).not_in(select(JudgingAssignment.round_id))))
