"""A judge's desk: what may be given, what is final, what is seen and when; two tabs at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, JudgeConflict, JudgingScore
from cchc_app.services import run_judging
from cchc_app.services.judge_slogans import (
    LONGEST_COMMENT,
    add_note,
    declare_conflict,
    save_comment,
    save_points,
    set_skipped,
    submit,
)
from cchc_app.services.judging_desk import desk
from cchc_app.services.judging_results import results
from tests.factories import JUDGING, NOW, MadeContest, make_contest
from tests.slogans import codes_by_unit, judge_everything, make_slogans, with_units
from tests.staff import Staffer, make_staff

AFTER = NOW + timedelta(weeks=1)
CRITERIA = [criterion.code for criterion in JUDGING.criteria]


@dataclass
class Scene:
    """An open main round in which two judges judge four slogans each."""

    db: Database
    contest: MadeContest
    organiser: Staffer
    one: Staffer
    two: Staffer

    def save(self, code_number: object = 1, criterion: object = "form", points: object = 7) -> None:
        save_points(
            self.db,
            actor=self.one.username,
            code_number=code_number,
            criterion=criterion,
            points=points,
            now=AFTER,
        )

    def hand_in(self, judge: Staffer) -> None:
        submit(self.db, actor=judge.username, now=AFTER)

    def close(self) -> None:
        run_judging.close_round(self.db, actor=self.organiser.username, now=AFTER)

    def points(self) -> list[int]:
        with self.db.read() as session:
            return sorted(session.exec(select(JudgingScore.points)))


def make_scene(db: Database, slogans: int = 4) -> Scene:
    contest = with_units(db, make_contest(db), slogans)
    make_slogans(db, contest, slogans)
    organiser = make_staff(db, Role.ORGANISER)
    one, two = (make_staff(db, Role.JUDGE, username=f"judge.{name}") for name in ("one", "two"))
    run_judging.open_main(db, actor=organiser.username, now=AFTER)
    return Scene(db, contest, organiser, one, two)


@pytest.fixture
def scene(db: Database) -> Scene:
    return make_scene(db)


def refusal(work, *args, **kwargs) -> ErrorCode | None:
    try:
        work(*args, **kwargs)
    except ContestError as error:
        return error.code
    return None


def test_points_are_saved_one_by_one_and_changed_until_handed_in(scene: Scene) -> None:
    scene.save(points=7)
    scene.save(points=4)
    [task, *others] = desk(scene.db, actor=scene.one.username).tasks
    assert (task.points, task.complete, task.submitted) == ({"form": 4}, False, False)
    scene.save(criterion="spirit", points=0)
    [task, *others] = desk(scene.db, actor=scene.one.username).tasks
    assert (task.points, task.complete) == ({"form": 4, "spirit": 0}, True)
    assert [other.points for other in others] == [{}, {}, {}]
    assert [task.points for task in desk(scene.db, actor=scene.two.username).tasks] == [{}, {}, {}, {}]


@pytest.mark.parametrize("points", [-1, 11, 3.0, 2.5, "7", None, True, [7], {}, 10**30])
def test_other_points_are_refused(scene: Scene, points: object) -> None:
    assert refusal(scene.save, points=points) is ErrorCode.POINTS_INVALID
    assert scene.points() == []


@pytest.mark.parametrize("code_number", [0, 5, -1, True, "1", None, 1.0, [1], 10**30])
def test_other_slogans_are_refused(scene: Scene, code_number: object) -> None:
    assert refusal(scene.save, code_number=code_number) is ErrorCode.TASK_UNKNOWN


@pytest.mark.parametrize("criterion", ["", "total", None, 1, ["form"], {}])
def test_other_criteria_are_refused(scene: Scene, criterion: object) -> None:
    assert refusal(scene.save, criterion=criterion) is ErrorCode.BAD_REQUEST


def test_comments_are_the_judges_own(scene: Scene) -> None:
    save_comment(scene.db, actor=scene.one.username, code_number=1, comment="  hay\u200b \n và  gọn ")
    assert desk(scene.db, actor=scene.one.username).tasks[0].comment == "hay và gọn"
    assert desk(scene.db, actor=scene.two.username).tasks[0].comment == ""
    save_comment(scene.db, actor=scene.one.username, code_number=1, comment="a" * 5000)
    assert len(desk(scene.db, actor=scene.one.username).tasks[0].comment) == LONGEST_COMMENT
    save_comment(scene.db, actor=scene.one.username, code_number=1, comment="")
    assert desk(scene.db, actor=scene.one.username).tasks[0].comment == ""


def test_what_was_put_off_is_taken_up_again(scene: Scene) -> None:
    for number in (1, 2):
        set_skipped(scene.db, actor=scene.one.username, code_number=number, skipped=True)
    set_skipped(scene.db, actor=scene.one.username, code_number=1, skipped=False)
    assert [task.skipped for task in desk(scene.db, actor=scene.one.username).tasks] == [False, True, False, False]
    scene.save(code_number=2)
    assert not any(task.skipped for task in desk(scene.db, actor=scene.one.username).tasks)


def test_handing_in_is_whole_once_and_final(scene: Scene) -> None:
    scene.save()
    with pytest.raises(ContestError) as refused:
        scene.hand_in(scene.one)
    assert (refused.value.code, refused.value.details) == (ErrorCode.SCORES_INCOMPLETE, {"left": 4})
    judge_everything(scene.db, scene.one, JUDGING, {1: 9}, now=AFTER)
    scene.hand_in(scene.one)
    name = scene.one.username
    assert all(task.submitted for task in desk(scene.db, actor=name).tasks)
    assert refusal(scene.save, points=1) is ErrorCode.SCORES_FINAL
    assert refusal(save_comment, scene.db, actor=name, code_number=1, comment="x") is ErrorCode.SCORES_FINAL
    assert refusal(set_skipped, scene.db, actor=name, code_number=1, skipped=True) is ErrorCode.SCORES_FINAL
    conflict = {"actor": name, "code_number": 1, "reason": "x", "now": AFTER}
    assert refusal(declare_conflict, scene.db, **conflict) is ErrorCode.SCORES_FINAL
    assert scene.points() == [5] * 6 + [9] * 2
    with scene.db.read() as session:
        entries = session.exec(select(AuditEntry.subject).where(AuditEntry.action == "judge_scores_submitted")).all()
    assert entries == ["round:1"]


def test_nothing_of_the_others_before_everybody_is_in(scene: Scene) -> None:
    name, note = scene.one.username, {"number": 1, "code_number": 1, "text": "x", "now": AFTER}
    judge_everything(scene.db, scene.two, JUDGING, {1: 2}, now=AFTER)
    assert (desk(scene.db, actor=name).waiting, desk(scene.db, actor=name).compared) == (4, ())
    assert desk(scene.db, actor=scene.two.username).compared == ()
    assert refusal(add_note, scene.db, actor=name, **note) is ErrorCode.SCORES_HIDDEN
    assert all(one.scores == () for one in results(scene.db, contest_id=scene.contest.contest_id).slogans)
    judge_everything(scene.db, scene.one, JUDGING, {1: 9, 2: 6}, now=AFTER)
    seen = desk(scene.db, actor=name)
    assert (seen.waiting, [one.code_number for one in seen.compared]) == (0, [1, 2, 3, 4])
    first = seen.compared[0]
    assert [(score.mine, int(score.total)) for score in first.scores] == [(True, 9), (False, 2)]
    assert (first.score, first.spread, first.needs_talk) == (Fraction(11, 2), 7, True)
    assert [one.needs_talk for one in seen.compared] == [True, False, False, False]


def test_what_was_said_is_kept_with_who_said_it(scene: Scene) -> None:
    for judge in (scene.one, scene.two):
        judge_everything(scene.db, judge, JUDGING, {}, now=AFTER)
    note = {"actor": scene.one.username, "number": 1, "code_number": 3, "now": AFTER}
    add_note(scene.db, text=" thống nhất\n giữ điểm ", **note)
    for wrong, code in (
        ({"text": " "}, ErrorCode.NOTE_EMPTY),
        ({"number": 2}, ErrorCode.ROUND_NOT_OPEN),
        ({"number": [1]}, ErrorCode.ROUND_NOT_OPEN),
        ({"code_number": 9}, ErrorCode.TASK_UNKNOWN),
    ):
        assert refusal(add_note, scene.db, **{"text": "x", **note, **wrong}) is code
    scene.close()
    add_note(scene.db, text="sau khi đóng", **note)
    seen = next(one for one in desk(scene.db, actor=scene.two.username).compared if one.code_number == 3)
    assert [(said.display_name, said.text) for said in seen.notes] == [
        ("Trần Thị Hà", "thống nhất giữ điểm"),
        ("Trần Thị Hà", "sau khi đóng"),
    ]
    found = results(scene.db, contest_id=scene.contest.contest_id)
    assert [len(one.notes) for one in found.slogans if one.code_number == 3] == [2]


def test_a_judge_steps_back_from_a_slogan(scene: Scene) -> None:
    spare = make_staff(scene.db, Role.JUDGE, username="judge.spare")
    unit = next(unit for unit, code in codes_by_unit(scene.db).items() if code == 2)
    scene.save(code_number=2)
    conflict = {"actor": scene.one.username, "code_number": 2, "now": AFTER}
    assert refusal(declare_conflict, scene.db, reason="", **conflict) is ErrorCode.REASON_MISSING
    declare_conflict(scene.db, reason="tôi góp ý câu này", **conflict)
    assert [task.code_number for task in desk(scene.db, actor=scene.one.username).tasks] == [1, 3, 4]
    assert refusal(declare_conflict, scene.db, reason="x", **conflict) is ErrorCode.TASK_UNKNOWN
    assert scene.points() == []
    with scene.db.read() as session:
        noted = session.exec(select(JudgeConflict)).one()
    assert (noted.staff_id, noted.unit_id, noted.noted_by) == (scene.one.id, unit, scene.one.username)
    for judge in (scene.one, scene.two):
        judge_everything(scene.db, judge, JUDGING, {}, now=AFTER)
    assert desk(scene.db, actor=scene.one.username).compared == ()
    run_judging.reassign(
        scene.db, actor=scene.organiser.username, code_number=2, judge="judge.one", to=spare.username, now=AFTER
    )
    judge_everything(scene.db, spare, JUDGING, {}, now=AFTER)
    assert [one.code_number for one in desk(scene.db, actor=scene.one.username).compared] == [1, 3, 4]
    assert [one.code_number for one in desk(scene.db, actor=spare.username).compared] == [2]


def test_a_tie_round_is_another_desk_and_the_first_one_stays_readable(scene: Scene) -> None:
    for judge in (scene.one, scene.two):
        judge_everything(scene.db, judge, JUDGING, {1: 9, 2: 9, 3: 4, 4: 3}, now=AFTER)
    scene.close()
    run_judging.open_tie(scene.db, actor=scene.organiser.username, code_numbers=[1, 2], now=AFTER)
    seen = desk(scene.db, actor=scene.one.username)
    assert (seen.rounds, seen.number, seen.is_open) == ((1, 2), 2, True)
    assert [(task.code_number, task.points) for task in seen.tasks] == [(1, {}), (2, {})]
    assert seen.compared == ()
    scene.save(code_number=1)
    assert refusal(scene.save, code_number=3) is ErrorCode.TASK_UNKNOWN
    earlier = desk(scene.db, actor=scene.one.username, number=1)
    assert (earlier.number, earlier.is_open, len(earlier.compared)) == (1, False, 4)
    assert desk(scene.db, actor=scene.one.username, number=7).number == 2


def test_a_judge_without_tasks(db: Database) -> None:
    make_contest(db)
    judge = make_staff(db, Role.JUDGE)
    seen = desk(db, actor=judge.username)
    assert (seen.rounds, seen.number, seen.tasks, seen.compared) == ((), 0, (), ())
    assert refusal(submit, db, actor=judge.username, now=AFTER) is ErrorCode.ROUND_NOT_OPEN


def test_only_judges(scene: Scene) -> None:
    for role in (Role.ORGANISER, Role.AUDITOR, Role.QUESTION_EDITOR, Role.ADMINISTRATOR):
        actor = make_staff(scene.db, role).username
        task = {"actor": actor, "code_number": 1}
        assert refusal(desk, scene.db, actor=actor) is ErrorCode.NOT_ALLOWED
        assert refusal(submit, scene.db, actor=actor, now=AFTER) is ErrorCode.NOT_ALLOWED
        assert refusal(save_comment, scene.db, comment="", **task) is ErrorCode.NOT_ALLOWED
        assert refusal(set_skipped, scene.db, skipped=True, **task) is ErrorCode.NOT_ALLOWED
        points = {"criterion": "form", "points": 1, "now": AFTER}
        assert refusal(save_points, scene.db, **points, **task) is ErrorCode.NOT_ALLOWED
        assert refusal(declare_conflict, scene.db, reason="x", now=AFTER, **task) is ErrorCode.NOT_ALLOWED
        assert refusal(add_note, scene.db, number=1, text="x", now=AFTER, **task) is ErrorCode.NOT_ALLOWED


def at_once(*works) -> list:
    with ThreadPoolExecutor(len(works)) as pool:
        return [found.result() for found in [pool.submit(refusal, work) for work in works]]


def test_handing_in_twice_at_once_is_once(scene: Scene) -> None:
    for number in range(1, 5):
        for criterion in CRITERIA:
            scene.save(number, criterion, 6)
    hand_in = [lambda: scene.hand_in(scene.one)] * 4
    assert at_once(*hand_in) == [None] * 4
    with scene.db.read() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "judge_scores_submitted")).all()
    assert len(entries) == 1


def test_saving_while_handing_in_changes_nothing_that_was_handed_in(scene: Scene) -> None:
    for number in range(1, 5):
        for criterion in CRITERIA:
            scene.save(number, criterion, 6)
    tries = [lambda n=n: scene.save(1 + n % 4, "form", 10) for n in range(6)]
    handed_in, *saved = at_once(lambda: scene.hand_in(scene.one), *tries)
    assert handed_in is None
    assert set(saved) <= {None, ErrorCode.SCORES_FINAL}
    kept = scene.points()
    assert at_once(*tries) == [ErrorCode.SCORES_FINAL] * 6
    assert scene.points() == kept


def test_judges_who_save_at_once_do_not_wait_for_each_other_wrongly(scene: Scene) -> None:
    """Forty saves of two judges: each of them is there afterwards."""
    works = []
    for judge in (scene.one, scene.two):
        for number in range(1, 5):
            for criterion in CRITERIA:
                for points in (1, 8):
                    save = {"code_number": number, "criterion": criterion, "points": points, "now": AFTER}
                    works.append(lambda judge=judge, save=save: save_points(scene.db, actor=judge.username, **save))
    assert set(at_once(*works)) == {None}
    assert len(scene.points()) == 16
    assert set(scene.points()) <= {1, 8}


def queries(db: Database, work) -> int:
    count = 0

    def note(*_args) -> None:
        nonlocal count
        count += 1

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return count


def test_queries_do_not_grow_with_slogans(db: Database) -> None:
    """Eight slogans of two judges with two criteria: a query for each of any of them would be more."""
    scene = make_scene(db, 8)
    for judge in (scene.one, scene.two):
        judge_everything(db, judge, JUDGING, {}, now=AFTER)
    assert len(desk(db, actor=scene.one.username).compared) == 8
    assert queries(db, lambda: desk(db, actor=scene.one.username)) <= 13
    assert queries(db, lambda: results(db, contest_id=scene.contest.contest_id)) <= 8
