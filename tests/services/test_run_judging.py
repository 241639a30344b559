"""Organisers open, hand out and close; whatever two of them, or a judge, do at the same moment."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.assignment import assign, drawn_order
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import (
    AuditEntry,
    JudgeConflict,
    JudgingAssignment,
    JudgingRound,
    Slogan,
    SloganException,
    StaffAccount,
)
from cchc_app.services import judge_conflicts, judge_slogans, run_judging
from cchc_app.services.judging_desk import desk
from cchc_app.services.judging_results import results
from tests.factories import JUDGING, NOW, MadeContest, make_contest, make_person
from tests.slogans import (
    MadeSlogan,
    codes_by_unit,
    give_number,
    judge_everything,
    make_slogan,
    make_slogans,
    set_declared,
    tasks_of,
    with_units,
)
from tests.staff import Staffer, make_staff

AFTER = NOW + timedelta(weeks=1)  # the slogans' window is over


@dataclass
class Scene:
    """A contest with slogans, judges and an organiser."""

    db: Database
    contest: MadeContest
    slogans: list[MadeSlogan]
    organiser: Staffer
    judges: list[Staffer]

    def open(self) -> None:
        run_judging.open_main(self.db, actor=self.organiser.username, now=AFTER)

    def close(self) -> None:
        run_judging.close_round(self.db, actor=self.organiser.username, now=AFTER)

    def score_all(self, points: dict[int, int] | None = None) -> None:
        for judge in self.judges:
            if desk(self.db, actor=judge.username).tasks:
                judge_everything(self.db, judge, JUDGING, points or {}, now=AFTER)


@pytest.fixture
def scene(db: Database) -> Scene:
    contest = with_units(db, make_contest(db), 9)
    return Scene(
        db,
        contest,
        make_slogans(db, contest, 6),
        make_staff(db, Role.ORGANISER),
        [make_staff(db, Role.JUDGE, username=f"judge.{name}") for name in "abc"],
    )


def refusal(work, *args, **kwargs) -> ErrorCode | None:
    try:
        work(*args, **kwargs)
    except ContestError as error:
        return error.code
    return None


def log(db: Database, action: Action) -> list[AuditEntry]:
    with db.read() as session:
        return list(session.exec(select(AuditEntry).where(AuditEntry.action == action).order_by(col(AuditEntry.seq))))


def test_opening_freezes_versions_and_draws_as_the_recipe_says(scene: Scene) -> None:
    make_slogan(scene.db, scene.contest, unit=6, status="withdrawn")
    make_slogan(scene.db, scene.contest, unit=7, status="draft")
    out = make_slogan(scene.db, scene.contest, unit=8)
    with scene.db.write() as session:
        session.get_one(Slogan, out.id).disqualified_at = NOW
    scene.open()
    [entry] = log(scene.db, Action.ROUND_OPENED)
    said = json.loads(entry.after)
    ids = [slogan.id for slogan in scene.slogans]
    with scene.db.read() as session:
        tasks = session.exec(select(JudgingAssignment)).all()
        numbers = dict(session.exec(select(Slogan.code_number, Slogan.id)).all())
    assert (entry.subject, said["slogans"], said["judges"]) == ("round:1", 6, 3)
    assert [numbers[n] for n in range(1, 7)] == list(drawn_order(ids, said["seed"]))
    drawn = assign(slogans=ids, judges=[judge.id for judge in scene.judges], barred=(), per_slogan=2, seed=said["seed"])
    assert sorted((task.slogan_id, task.staff_id) for task in tasks) == list(drawn)
    assert {task.slogan_id: task.version_id for task in tasks} == {one.id: one.version_id for one in scene.slogans}
    assert [len(tasks_of(scene.db, judge.id)) for judge in scene.judges] == [4, 4, 4]


def test_not_while_slogans_may_still_come(scene: Scene) -> None:
    closes_at = scene.contest.rule_set.slogan.closes_at
    early = {"actor": scene.organiser.username, "now": closes_at - timedelta(milliseconds=1)}
    assert refusal(run_judging.open_main, scene.db, **early) is ErrorCode.SLOGANS_STILL_COME
    with scene.db.write() as session:
        for hours in (400, 24):  # the newest exception of the unit is what counts
            session.add(
                SloganException(
                    unit_id=scene.contest.unit_ids[0],
                    closes_at=closes_at + timedelta(hours=hours),
                    reason="",
                    granted_by="x",
                    granted_at=NOW,
                )
            )
            session.flush()
    with pytest.raises(ContestError) as refused:
        run_judging.open_main(scene.db, actor=scene.organiser.username, now=closes_at + timedelta(hours=23))
    assert refused.value.details == {"until": closes_at + timedelta(hours=24)}
    run_judging.open_main(scene.db, actor=scene.organiser.username, now=closes_at + timedelta(hours=24))


def test_who_may(scene: Scene) -> None:
    for role in (Role.JUDGE, Role.AUDITOR, Role.QUESTION_EDITOR, Role.ADMINISTRATOR):
        name = make_staff(scene.db, role).username
        whom = {"actor": name, "now": AFTER}
        assert refusal(run_judging.open_main, scene.db, **whom) is ErrorCode.NOT_ALLOWED
        assert refusal(run_judging.close_round, scene.db, **whom) is ErrorCode.NOT_ALLOWED
        assert refusal(run_judging.open_tie, scene.db, code_numbers=[1], **whom) is ErrorCode.NOT_ALLOWED
        changed = {"code_number": 1, "judge": "judge.a", "to": "judge.b", **whom}
        assert refusal(run_judging.reassign, scene.db, **changed) is ErrorCode.NOT_ALLOWED
        declared = {"judge": "judge.a", "unit": "U0", "reason": "x", **whom}
        assert refusal(judge_conflicts.declare_conflict, scene.db, **declared) is ErrorCode.NOT_ALLOWED
        assert refusal(judge_conflicts.lift_conflict, scene.db, **declared) is ErrorCode.NOT_ALLOWED
    assert log(scene.db, Action.ROUND_OPENED) == []


def test_nothing_to_judge_and_too_few_judges(db: Database) -> None:
    contest = with_units(db, make_contest(db), 9)
    actor = make_staff(db, Role.ORGANISER).username
    assert refusal(run_judging.open_main, db, actor=actor, now=AFTER) is ErrorCode.NOTHING_TO_JUDGE
    slogans = make_slogans(db, contest, 9)
    make_staff(db, Role.JUDGE)
    with pytest.raises(ContestError) as refused:
        run_judging.open_main(db, actor=actor, now=AFTER)
    names = "; ".join(slogan.unit_name for slogan in slogans[:5])
    assert (refused.value.code, refused.value.details["slogans"]) == (ErrorCode.JUDGES_LACKING, f"{names}; +4")
    with db.read() as session:
        assert session.exec(select(JudgingRound)).all() == []
        assert set(session.exec(select(Slogan.code_number))) == {None}


def test_nobody_judges_the_own_unit_nor_where_there_is_a_conflict(scene: Scene) -> None:
    one, two, _ = scene.judges
    make_staff(scene.db, Role.JUDGE, username="judge.d")
    set_declared(scene.db, one, "031085099901")
    give_number(scene.db, make_person(scene.db, scene.contest, unit=2), "031085099901")
    judge_conflicts.declare_conflict(
        scene.db, actor=scene.organiser.username, judge=two.username, unit="U3", reason=" vợ làm ở đó ", now=AFTER
    )
    scene.open()
    slogan_of = {slogan.unit_id: slogan.id for slogan in scene.slogans}
    barred = {(one.id, slogan_of[scene.contest.unit_ids[2]]), (two.id, slogan_of[scene.contest.unit_ids[3]])}
    with scene.db.read() as session:
        given = {(task.staff_id, task.slogan_id) for task in session.exec(select(JudgingAssignment))}
    assert (len(given), given & barred) == (12, set())
    [entry] = log(scene.db, Action.CONFLICT_NOTED)
    assert json.loads(entry.after) == {"unit": scene.contest.unit_ids[3], "reason": "vợ làm ở đó"}


def test_a_conflict_takes_back_what_was_given_even_if_handed_in(scene: Scene) -> None:
    scene.open()
    scene.score_all()
    judge = scene.judges[0]
    number = desk(scene.db, actor=judge.username).tasks[0].code_number
    unit_id = next(unit for unit, code in codes_by_unit(scene.db).items() if code == number)
    unit = f"U{scene.contest.unit_ids.index(unit_id)}"
    actor = scene.organiser.username
    judge_conflicts.declare_conflict(scene.db, actor=actor, judge=judge.username, unit=unit, reason="anh em", now=AFTER)
    assert number not in [task.code_number for task in desk(scene.db, actor=judge.username).tasks]
    [taken] = log(scene.db, Action.TASK_TAKEN)
    assert json.loads(taken.before) == {"judge": judge.username, "points": "form=5 spirit=5"}
    assert refusal(scene.close) is ErrorCode.ROUND_INCOMPLETE
    everybody = {other.username for other in scene.judges}
    [spare] = everybody - _judges_of(scene.db, number)
    change = {"actor": actor, "code_number": number, "judge": judge.username, "now": AFTER}
    run_judging.reassign(scene.db, to=spare, **change)
    judge_everything(scene.db, next(one for one in scene.judges if one.username == spare), JUDGING, {}, now=AFTER)
    scene.close()
    assert all(slogan.score == 5 for slogan in results(scene.db, contest_id=scene.contest.contest_id).slogans)


def _judges_of(db: Database, number: int) -> set[str]:
    with db.read() as session:
        return set(
            session.exec(
                select(StaffAccount.username)
                .join(JudgingAssignment, col(JudgingAssignment.staff_id) == StaffAccount.id)
                .join(Slogan, col(Slogan.id) == JudgingAssignment.slogan_id)
                .where(Slogan.code_number == number)
            )
        )


def test_changing_who_judges_before_there_are_points(scene: Scene) -> None:
    scene.open()
    actor, holders = scene.organiser.username, sorted(_judges_of(scene.db, 1))
    [spare] = {judge.username for judge in scene.judges} - set(holders)
    change = {"actor": actor, "code_number": 1, "judge": holders[0], "now": AFTER}
    assert refusal(run_judging.reassign, scene.db, to=holders[1], **change) is ErrorCode.JUDGE_HAS_TASK
    assert refusal(run_judging.reassign, scene.db, to="nobody", **change) is ErrorCode.JUDGE_UNKNOWN
    assert refusal(run_judging.reassign, scene.db, to=actor, **change) is ErrorCode.JUDGE_UNKNOWN
    for wrong in ({"judge": spare}, {"code_number": 99}):
        assert refusal(run_judging.reassign, scene.db, **change | wrong, to=spare) is ErrorCode.TASK_UNKNOWN
    run_judging.reassign(scene.db, to=spare, **change)
    assert _judges_of(scene.db, 1) == {spare, holders[1]}
    [entry] = log(scene.db, Action.TASK_GIVEN)
    assert (json.loads(entry.before)["judge"], json.loads(entry.after)["judge"]) == (holders[0], spare)
    save = {"actor": spare, "code_number": 1, "criterion": "form", "points": 3, "now": AFTER}
    judge_slogans.save_points(scene.db, **save)
    back = {**change, "judge": spare, "to": holders[0]}
    assert refusal(run_judging.reassign, scene.db, **back) is ErrorCode.TASK_BEGUN
    judge_everything(scene.db, next(one for one in scene.judges if one.username == spare), JUDGING, {}, now=AFTER)
    assert refusal(run_judging.reassign, scene.db, **back) is ErrorCode.SCORES_FINAL


def test_a_judge_who_left_is_replaced_even_half_way(scene: Scene) -> None:
    scene.open()
    holders = sorted(_judges_of(scene.db, 1))
    [spare] = {judge.username for judge in scene.judges} - set(holders)
    save = {"actor": holders[0], "code_number": 1, "criterion": "form", "points": 3, "now": AFTER}
    judge_slogans.save_points(scene.db, **save)
    with scene.db.write() as session:
        gone = session.exec(select(StaffAccount).where(StaffAccount.username == holders[0])).one()
        gone.disabled_at = AFTER
    change = {"actor": scene.organiser.username, "code_number": 1, "judge": holders[0], "to": spare, "now": AFTER}
    run_judging.reassign(scene.db, **change)
    assert desk(scene.db, actor=spare).tasks[0].points == {}


def test_a_unit_found_later_to_be_the_own_one_is_hidden_and_given_away(scene: Scene) -> None:
    scene.open()
    holders = sorted(_judges_of(scene.db, 1))
    judge = next(one for one in scene.judges if one.username == holders[0])
    unit_id = next(unit for unit, code in codes_by_unit(scene.db).items() if code == 1)
    set_declared(scene.db, judge, "031085099901")
    person = make_person(scene.db, scene.contest, unit=scene.contest.unit_ids.index(unit_id))
    give_number(scene.db, person, "031085099901")
    assert 1 not in [task.code_number for task in desk(scene.db, actor=judge.username).tasks]
    save = {"actor": judge.username, "code_number": 1, "criterion": "form", "points": 3, "now": AFTER}
    assert refusal(judge_slogans.save_points, scene.db, **save) is ErrorCode.TASK_UNKNOWN
    change = {"actor": scene.organiser.username, "code_number": 1, "judge": holders[1], "now": AFTER}
    assert refusal(run_judging.reassign, scene.db, to=judge.username, **change) is ErrorCode.JUDGE_HAS_TASK
    [spare] = {one.username for one in scene.judges} - set(holders)
    run_judging.reassign(scene.db, **change | {"judge": judge.username}, to=spare)
    change = {"actor": scene.organiser.username, "code_number": 1, "judge": spare, "now": AFTER}
    assert refusal(run_judging.reassign, scene.db, to=judge.username, **change) is ErrorCode.JUDGE_IN_CONFLICT


def test_refused_conflicts(scene: Scene) -> None:
    right = {"actor": scene.organiser.username, "judge": "judge.a", "unit": "U0", "reason": "x", "now": AFTER}
    refused = (
        ({"reason": " \u200b "}, ErrorCode.REASON_MISSING),
        ({"judge": scene.organiser.username}, ErrorCode.JUDGE_UNKNOWN),
        ({"unit": "nowhere"}, ErrorCode.UNIT_UNKNOWN),
    )
    for wrong, code in refused:
        assert refusal(judge_conflicts.declare_conflict, scene.db, **right | wrong) is code
    for _ in range(2):
        judge_conflicts.declare_conflict(scene.db, **right)
    for wrong, code in refused:
        assert refusal(judge_conflicts.lift_conflict, scene.db, **right | wrong) is code
    with scene.db.read() as session:
        assert len(session.exec(select(JudgeConflict)).all()) == 1


def test_a_lifted_conflict_gives_the_task_back_empty(scene: Scene) -> None:
    scene.open()
    scene.score_all()
    judge, actor = scene.judges[0], scene.organiser.username
    number = desk(scene.db, actor=judge.username).tasks[0].code_number
    unit_id = next(unit for unit, code in codes_by_unit(scene.db).items() if code == number)
    named = {"actor": actor, "judge": judge.username, "unit": f"U{scene.contest.unit_ids.index(unit_id)}"}
    judge_conflicts.declare_conflict(scene.db, **named, reason="nhầm tên", now=AFTER)
    judge_conflicts.lift_conflict(scene.db, **named, reason="ghi nhầm người", now=AFTER)
    [entry] = log(scene.db, Action.CONFLICT_LIFTED)
    assert json.loads(entry.before) == {"unit": unit_id, "reason": "nhầm tên", "by": actor}
    assert json.loads(entry.after) == {"reason": "ghi nhầm người"}
    [task] = [task for task in desk(scene.db, actor=judge.username).tasks if task.code_number == number]
    assert (task.points, task.complete) == ({}, False)
    again = {**named, "reason": "x", "now": AFTER}
    assert refusal(judge_conflicts.lift_conflict, scene.db, **again) is ErrorCode.CONFLICT_UNKNOWN
    assert refusal(scene.close) is ErrorCode.ROUND_INCOMPLETE
    judge_everything(scene.db, judge, JUDGING, {}, now=AFTER)
    scene.close()


def test_the_own_unit_stays_barred(scene: Scene) -> None:
    judge = scene.judges[0]
    set_declared(scene.db, judge, "031085099901")
    give_number(scene.db, make_person(scene.db, scene.contest, unit=2), "031085099901")
    named = {"actor": scene.organiser.username, "judge": judge.username, "unit": "U2", "reason": "x", "now": AFTER}
    assert refusal(judge_conflicts.lift_conflict, scene.db, **named) is ErrorCode.CONFLICT_UNKNOWN


def test_closing_waits_for_everybody(scene: Scene) -> None:
    assert refusal(scene.close) is ErrorCode.ROUND_NOT_OPEN
    scene.open()
    with pytest.raises(ContestError) as refused:
        scene.close()
    assert (refused.value.code, refused.value.details) == (ErrorCode.ROUND_INCOMPLETE, {"left": 12})
    scene.score_all()
    scene.close()
    assert refusal(scene.close) is ErrorCode.ROUND_NOT_OPEN
    assert refusal(scene.open) is ErrorCode.MAIN_ROUND_EXISTS
    assert [entry.subject for entry in log(scene.db, Action.ROUND_CLOSED)] == ["round:1"]


def test_a_disqualified_slogan_is_not_waited_for(scene: Scene) -> None:
    scene.open()
    with scene.db.write() as session:
        session.exec(select(Slogan).where(Slogan.code_number == 2)).one().disqualified_at = AFTER
    scene.score_all()
    scene.close()
    found = results(scene.db, contest_id=scene.contest.contest_id)
    assert [(one.code_number, one.rank, one.scores) for one in found.slogans if one.rank is None] == [(2, None, ())]


def test_ties_are_judged_once_more_until_none_is_left(scene: Scene) -> None:
    scene.open()
    scene.score_all({1: 9, 2: 8, 3: 8, 4: 8, 5: 4, 6: 4})
    tie = {"actor": scene.organiser.username, "now": AFTER}
    assert refusal(run_judging.open_tie, scene.db, code_numbers=[5, 6], **tie) is ErrorCode.ROUND_OPEN
    scene.close()
    for wrong in ([], [1], [5], [2, 3], [5, 6, 1], [99], [2, 3, 4, 5]):
        assert refusal(run_judging.open_tie, scene.db, code_numbers=wrong, **tie) is ErrorCode.TIE_UNKNOWN
    run_judging.open_tie(scene.db, code_numbers=[6, 5, 4, 3, 2], **tie)
    assert not results(scene.db, contest_id=scene.contest.contest_id).complete
    scene.score_all({2: 3, 3: 1, 4: 1, 5: 7, 6: 10})
    scene.close()
    run_judging.open_tie(scene.db, code_numbers=[3, 4], **tie)
    scene.score_all({3: 0, 4: 10})
    scene.close()
    found = results(scene.db, contest_id=scene.contest.contest_id)
    assert found.complete
    assert [(one.rank, one.code_number, one.tied) for one in found.slogans] == [
        (1, 1, False),
        (2, 2, False),
        (3, 4, False),
        (4, 3, False),
        (5, 6, False),
        (6, 5, False),
    ]
    assert [list(map(int, one.tie_scores)) for one in found.slogans] == [[], [3], [1, 10], [1, 0], [10], [7]]
    assert [json.loads(entry.after)["slogans"] for entry in log(scene.db, Action.ROUND_OPENED)] == [6, 5, 2]


def at_once(*works) -> list:
    with ThreadPoolExecutor(len(works)) as pool:
        return [found.result() for found in [pool.submit(refusal, work) for work in works]]


def test_two_organisers_open_at_once(scene: Scene) -> None:
    other = make_staff(scene.db, Role.ORGANISER)
    found = at_once(scene.open, lambda: run_judging.open_main(scene.db, actor=other.username, now=AFTER))
    assert sorted(found, key=str) == [ErrorCode.MAIN_ROUND_EXISTS, None]
    with scene.db.read() as session:
        assert len(session.exec(select(JudgingAssignment)).all()) == 12


def test_two_tabs_take_a_conflict_back_once(scene: Scene) -> None:
    right = {"actor": scene.organiser.username, "judge": "judge.a", "unit": "U0", "reason": "x", "now": AFTER}
    judge_conflicts.declare_conflict(scene.db, **right)
    found = at_once(*[lambda: judge_conflicts.lift_conflict(scene.db, **right)] * 2)
    assert sorted(found, key=str) == [ErrorCode.CONFLICT_UNKNOWN, None]
    assert len(log(scene.db, Action.CONFLICT_LIFTED)) == 1


def test_a_round_closes_while_judges_save_and_hand_in(scene: Scene) -> None:
    scene.open()
    scene.score_all()
    late = make_staff(scene.db, Role.JUDGE)
    holder = sorted(_judges_of(scene.db, 1))[0]
    with scene.db.write() as session:  # one task is open once more
        task = session.exec(
            select(JudgingAssignment)
            .join(Slogan, col(Slogan.id) == JudgingAssignment.slogan_id)
            .join(StaffAccount, col(StaffAccount.id) == JudgingAssignment.staff_id)
            .where(Slogan.code_number == 1, StaffAccount.username == holder)
        ).one()
        task.submitted_at = None
    save = {"actor": holder, "code_number": 1, "criterion": "form", "points": 9, "now": AFTER}
    change = {"actor": scene.organiser.username, "code_number": 1, "judge": holder, "to": late.username, "now": AFTER}
    found = at_once(
        scene.close,
        lambda: judge_slogans.submit(scene.db, actor=holder, now=AFTER),
        lambda: judge_slogans.save_points(scene.db, **save),
        lambda: run_judging.reassign(scene.db, **change),
        lambda: judge_slogans.submit(scene.db, actor=holder, now=AFTER),
        scene.close,
    )
    allowed = {None, ErrorCode.ROUND_INCOMPLETE, ErrorCode.SCORES_FINAL, ErrorCode.ROUND_NOT_OPEN, ErrorCode.TASK_BEGUN}
    assert set(found) <= allowed
    assert found.count(None) >= 1
    with scene.db.read() as session:
        closed = session.exec(select(JudgingRound.closed_at)).one()
        open_tasks = [one for one in session.exec(select(JudgingAssignment)) if one.submitted_at is None]
    assert closed is None or open_tasks == []
    assert (closed is not None) == (None in (found[0], found[-1]))
