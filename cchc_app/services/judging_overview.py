"""What organisers see of judging: the rounds, judges with their loads and conflicts, who judges what, the results."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission, Role, allows
from cchc_app.contest.judging import JudgingRules, is_complete
from cchc_app.data import judged, judges, judging, people
from cchc_app.data.contests import contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.judged import GivenTask
from cchc_app.data.tables import Unit
from cchc_app.services.judging_results import RoundsResult, results_in
from cchc_app.services.run_judging import last_deadline, missing
from cchc_app.services.staff_sessions import reading

# States of a task.
TODO, BEGUN, SCORED, SUBMITTED, CONFLICT, GONE = "todo", "begun", "scored", "submitted", "conflict", "gone"
# In these a task may be given to another judge.
FREE = frozenset({TODO, CONFLICT, GONE})


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A unit a judge must not judge. Without reason and name where the judge takes part for it."""

    unit_code: str
    unit_name: str
    reason: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge, with how many tasks there are in the round shown."""

    username: str
    display_name: str
    enabled: bool
    says_who: bool
    conflicts: tuple[ConflictLine, ...]
    given: int
    scored: int
    submitted: int


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Who judges, and how far they are."""

    username: str
    display_name: str
    state: str


@dataclass(frozen=True, slots=True)
class SloganLine:
    """A slogan of the round shown, with its judges."""

    code_number: int
    unit_name: str
    text: str
    disqualified: bool
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """When a round was opened and closed, and by whom."""

    number: int
    opened_by: str
    opened_at: datetime
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page. `slogans` are those of the newest round, `left` the tasks it still waits for.

    `may_run` says whether the viewer may change anything; `units` are names by code, for conflicts.
    """

    rules: JudgingRules
    may_run: bool
    deadline: datetime
    candidates: int
    rounds: tuple[RoundLine, ...]
    judges: tuple[JudgeLine, ...]
    slogans: tuple[SloganLine, ...]
    left: int
    results: RoundsResult
    units: Mapping[str, str]


def overview(db: Database, *, actor: str) -> Overview:
    """The organisers' page of judging.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        viewer = reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        rounds = judging.rounds(session, contest.contest_id)
        newest = rounds[-1] if rounds else None
        rules = (rule_set_of(session, newest.rule_set_id) if newest else contest.rule_set).judging
        tasks = judged.tasks_in(session, [newest.id or 0]) if newest else []
        units = people.units(session, contest.contest_id)
        states = _states(session, contest.contest_id, tasks, rules)
        return Overview(
            rules=rules,
            may_run=allows(Role(viewer.role), Permission.RUN_CONTEST),
            deadline=last_deadline(session, contest),
            candidates=judging.count_entrants(session, contest.contest_id),
            rounds=tuple(
                RoundLine(one.number, one.opened_by, one.opened_at, one.closed_by or "", one.closed_at)
                for one in rounds
            ),
            judges=_judges(session, contest.contest_id, {unit.id or 0: unit for unit in units}, tasks, states),
            slogans=_slogans(session, tasks, states),
            left=0 if newest is None or newest.closed_at else len(missing(tasks)),
            results=results_in(session, contest.contest_id),
            units={unit.code: unit.name for unit in units},
        )


def _states(session: Session, contest_id: int, tasks: Sequence[GivenTask], rules: JudgingRules) -> dict[int, str]:
    """How far every task is, by its row."""
    points = judging.points_of(session, [task.assignment_id for task in tasks])
    barred = judges.conflicts(session, contest_id)
    active = {judge.staff_id for judge in judges.judges(session) if judge.enabled}

    def state(task: GivenTask) -> str:
        its = points.get(task.assignment_id, {})
        if (task.staff_id, task.unit_id) in barred:
            return CONFLICT
        if task.submitted:
            return SUBMITTED
        if task.staff_id not in active:
            return GONE
        return SCORED if is_complete(its, rules) else BEGUN if its else TODO

    return {task.assignment_id: state(task) for task in tasks}


def _judges(
    session: Session,
    contest_id: int,
    units: Mapping[int, Unit],
    tasks: Sequence[GivenTask],
    states: Mapping[int, str],
) -> tuple[JudgeLine, ...]:
    known: dict[int, list[ConflictLine]] = {}
    for staff_id, unit_id in sorted(judges.own_units(session, contest_id)):
        known.setdefault(staff_id, []).append(ConflictLine(units[unit_id].code, units[unit_id].name, "", ""))
    for one in judges.declared_conflicts(session):
        if one.unit_id in units:
            unit = units[one.unit_id]
            known.setdefault(one.staff_id, []).append(ConflictLine(unit.code, unit.name, one.reason, one.noted_by))
    given = Counter(task.staff_id for task in tasks)
    done = Counter((task.staff_id, states[task.assignment_id]) for task in tasks)
    return tuple(
        JudgeLine(
            judge.username,
            judge.display_name,
            judge.enabled,
            judge.says_who,
            tuple(known.get(judge.staff_id, ())),
            given[judge.staff_id],
            done[judge.staff_id, SCORED] + done[judge.staff_id, SUBMITTED],
            done[judge.staff_id, SUBMITTED],
        )
        for judge in judges.judges(session)
        if judge.enabled or given[judge.staff_id]
    )


def _slogans(session: Session, tasks: Sequence[GivenTask], states: Mapping[int, str]) -> tuple[SloganLine, ...]:
    versions = judged.judged_versions(session, [task.version_id for task in tasks])
    panels: dict[int, list[GivenTask]] = {}
    for task in tasks:
        panels.setdefault(task.code_number, []).append(task)
    return tuple(
        SloganLine(
            number,
            versions[panel[0].version_id].unit_name,
            versions[panel[0].version_id].text,
            panel[0].disqualified,
            tuple(TaskLine(task.username, task.display_name, states[task.assignment_id]) for task in panel),
        )
        for number, panel in panels.items()
    )
