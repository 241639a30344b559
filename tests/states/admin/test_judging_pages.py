"""The pages of judging, event by event: a judge's desk stays blind, the organisers' page says where things are."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.regulations import RuleSet
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, JudgeConflict, JudgingAssignment, JudgingRound, JudgingScore
from cchc_app.services import run_judging
from cchc_app.services.clock import server_now
from cchc_app.states.admin.judging import JudgeDeskState
from cchc_app.states.admin.judging_rounds import JudgingRoundsState
from cchc_app.states.admin.session import StaffState
from tests.factories import JUDGING, make_contest, rules_around
from tests.slogans import MadeSlogan, give_number, judge_everything, make_slogans, set_declared, tasks_of, with_units
from tests.staff import Staffer, make_staff
from tests.states.driver import Browser

DESK, ROUNDS = "/quan-tri/cham-khau-hieu", "/quan-tri/vong-cham"
WRONG = [None, True, -1, 0, 10**30, "", "x" * 5000, [], [[]], {}, {"code": 1}, {"code": "x", "reason": None}, 1.5]


@dataclass
class Scene:
    """Four slogans, two judges, an organiser; nothing is open."""

    db: Database
    slogans: list[MadeSlogan]
    organiser: Staffer
    one: Staffer
    two: Staffer

    def open(self) -> None:
        run_judging.open_main(self.db, actor=self.organiser.username, now=server_now())


def over(rule_set: RuleSet) -> RuleSet:
    return replace(
        rule_set, slogan=replace(rule_set.slogan, closes_at=server_now().replace(microsecond=0) - timedelta(hours=1))
    )


@pytest.fixture
def scene(served_db: Database) -> Scene:
    contest = with_units(served_db, make_contest(served_db, over(rules_around(server_now()))), 4)
    slogans = make_slogans(served_db, contest, 4)
    now = server_now()
    one, two = (make_staff(served_db, Role.JUDGE, username=f"judge.{name}", now=now) for name in ("one", "two"))
    return Scene(served_db, slogans, make_staff(served_db, Role.ORGANISER, now=now), one, two)


async def give_all(tab: Browser, points: int) -> None:
    for chip in tab.shown(JudgeDeskState, "tasks"):
        for criterion in JUDGING.criteria:
            await tab.send(JudgeDeskState.give, code=chip.code, criterion=criterion.code, points=points)


async def test_a_desk_before_anything_is_open(scene: Scene) -> None:
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        assert (tab.shown(JudgeDeskState, "screen"), tab.shown(JudgeDeskState, "rounds")) == ("none", [])
        await tab.send(JudgeDeskState.hand_in)
        assert (tab.shown(JudgeDeskState, "notice_code"), tab.errors) == ("CCHC-531", [])


async def test_points_are_said_to_be_saved_when_they_are(scene: Scene) -> None:
    scene.open()
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        assert tab.shown(JudgeDeskState, "screen") == "score"
        assert [chip.name for chip in tab.shown(JudgeDeskState, "tasks")] == ["KH-001", "KH-002", "KH-003", "KH-004"]
        assert tab.shown(JudgeDeskState, "scale") == list(range(11))
        assert [criterion.points for criterion in tab.shown(JudgeDeskState, "criteria")] == [-1, -1]
        await tab.send(JudgeDeskState.give, code=1, criterion="spirit", points=8)
        assert tab.shown(JudgeDeskState, "saved").startswith("Đã lưu lúc ")
        assert [criterion.points for criterion in tab.shown(JudgeDeskState, "criteria")] == [8, -1]
        with scene.db.read() as session:
            assert session.exec(select(JudgingScore.points)).all() == [8]
        await tab.send(JudgeDeskState.give, code=1, criterion="spirit", points=11)
        assert (tab.shown(JudgeDeskState, "saved"), tab.shown(JudgeDeskState, "notice_code")) == ("", "CCHC-538")
        await tab.restart_server()
        await tab.send(JudgeDeskState.give, code=1, criterion="form", points=4)  # a tap that waited for the line
        assert tab.shown(JudgeDeskState, "tasks")[0].total == "7,00"
        assert (tab.shown(JudgeDeskState, "progress").text, tab.errors) == ("Đã chấm 1/4", [])


async def test_what_is_put_off_comes_last(scene: Scene) -> None:
    scene.open()
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        for skipped, then in ((1, 2), (2, 3), (3, 4)):
            await tab.send(JudgeDeskState.put_off, code=skipped, skipped=True)
            assert tab.shown(JudgeDeskState, "task").code == then
        await tab.send(JudgeDeskState.put_off, code=4, skipped=True)
        assert tab.shown(JudgeDeskState, "task").code == 1
        await tab.send(JudgeDeskState.put_off, code=1, skipped=True)
        assert tab.shown(JudgeDeskState, "task").code == 2
        await tab.send(JudgeDeskState.open_task, code=3)
        assert (tab.shown(JudgeDeskState, "task").code, tab.shown(JudgeDeskState, "task").skipped) == (3, True)
        await tab.send(JudgeDeskState.put_off, code=3, skipped=False)
        assert tab.shown(JudgeDeskState, "task").skipped is False
        states = [chip.state for chip in tab.shown(JudgeDeskState, "tasks")]
        assert (states, tab.errors) == (["skipped", "skipped", "todo", "skipped"], [])


async def test_nothing_that_could_tell_whose_it_is_or_what_others_gave_is_sent(scene: Scene) -> None:
    """Every delta of a whole desk, until all judges have handed in."""
    set_declared(scene.db, scene.one, "031085099901")
    scene.open()
    judge_everything(scene.db, scene.two, JUDGING, {}, now=server_now())
    with scene.db.write() as session:
        for task in session.exec(select(JudgingAssignment).where(JudgingAssignment.staff_id == scene.two.id)):
            task.comment = "lời của người khác"
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        await tab.send(JudgeDeskState.show_round, number=1)
        await tab.send(JudgeDeskState.write_comment, code=2, text="của tôi")
        await tab.send(JudgeDeskState.put_off, code=3, skipped=True)
        for code in (1, 2, 3, 4):
            await tab.send(JudgeDeskState.open_task, code=code)
        await tab.send(JudgeDeskState.ask, confirming=True)
        await tab.send(JudgeDeskState.hand_in)
        assert tab.shown(JudgeDeskState, "notice_code") == "CCHC-539"
        await tab.send(JudgeDeskState.write_note, form={"code": "1", "number": "1", "text": "x"})
        assert tab.shown(JudgeDeskState, "notice_code") == "CCHC-547"
        await tab.send(JudgeDeskState.step_back, form={"code": "4", "reason": "quen biết"})
        assert [chip.code for chip in tab.shown(JudgeDeskState, "tasks")] == [1, 2, 3]
        await give_all(tab, 9)
        await tab.open(ROUNDS, JudgingRoundsState.load)
        assert (tab.shown(StaffState, "denied"), tab.errors) == (True, [])
        sent = tab.received
    secret = [
        said
        for slogan in scene.slogans
        for said in (slogan.unit_name, slogan.author, slogan.explanation, slogan.writer.name)
    ]
    assert [said for said in [*secret, "lời của người khác", scene.two.username] if said in sent] == []
    assert all(slogan.text in sent for slogan in scene.slogans)


async def test_the_own_units_slogan_never_comes(scene: Scene, served_db: Database) -> None:
    make_staff(served_db, Role.JUDGE, now=server_now())
    set_declared(served_db, scene.one, "031085099901")
    own = scene.slogans[2]
    give_number(served_db, own.writer, "031085099901")
    scene.open()
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        for chip in tab.shown(JudgeDeskState, "tasks"):
            await tab.send(JudgeDeskState.open_task, code=chip.code)
        assert own.text not in tab.received


async def test_handing_in_waiting_comparing_and_noting(scene: Scene) -> None:
    scene.open()
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        await give_all(tab, 9)
        await tab.send(JudgeDeskState.ask, confirming=True)
        assert tab.shown(JudgeDeskState, "confirming") is True
        await tab.send(JudgeDeskState.hand_in)
        assert (tab.shown(JudgeDeskState, "screen"), tab.shown(JudgeDeskState, "confirming")) == ("waiting", False)
        assert tab.shown(JudgeDeskState, "waiting").startswith("Còn 4 phần chấm")
        await tab.send(JudgeDeskState.give, code=1, criterion="form", points=1)
        assert tab.shown(JudgeDeskState, "notice_code") == "CCHC-537"
        judge_everything(scene.db, scene.two, JUDGING, {1: 9, 2: 8, 3: 2, 4: 9}, now=server_now())
        await tab.send(JudgeDeskState.load)
        assert tab.shown(JudgeDeskState, "screen") == "compare"
        first = tab.shown(JudgeDeskState, "compared")[0]
        assert (first.name, first.talk, first.score, first.spread) == ("KH-003", True, "5,50", "7,00")
        assert [(score.mine, score.total) for score in first.scores] == [(True, "9,00"), (False, "2,00")]
        await tab.send(JudgeDeskState.write_note, form={"code": "3", "number": "1", "text": "giữ nguyên"})
        assert tab.shown(JudgeDeskState, "compared")[0].notes[0].text == "giữ nguyên"
        assert tab.errors == []


async def test_the_organisers_page_from_opening_to_ties(scene: Scene) -> None:
    async with Browser(cookie=scene.organiser.cookie, path=ROUNDS) as tab:
        await tab.open(ROUNDS, JudgingRoundsState.load)
        assert (tab.shown(JudgingRoundsState, "phase"), tab.shown(JudgingRoundsState, "ready")) == ("before", True)
        assert tab.shown(JudgingRoundsState, "facts")[1].startswith("4 khẩu hiệu đã gửi, 2 giám khảo")
        await tab.send(JudgingRoundsState.ask, what="open")
        assert tab.shown(JudgingRoundsState, "asking") == "open"
        await tab.send(JudgingRoundsState.open_main)
        assert (tab.shown(JudgingRoundsState, "phase"), tab.shown(JudgingRoundsState, "asking")) == ("open", "")
        panels = tab.shown(JudgingRoundsState, "panels")
        assert [len(panel.seats) for panel in panels] == [2, 2, 2, 2]
        assert {panel.unit for panel in panels} == {slogan.unit_name for slogan in scene.slogans}
        assert [judge.given for judge in tab.shown(JudgingRoundsState, "judges")] == [4, 4]
        await tab.send(JudgingRoundsState.close_round)
        assert tab.shown(JudgingRoundsState, "notice_code") == "CCHC-544"
        judge_everything(scene.db, scene.one, JUDGING, {1: 10}, now=server_now())
        await tab.send(JudgingRoundsState.load)
        assert tab.shown(JudgingRoundsState, "results") == []
        judge_everything(scene.db, scene.two, JUDGING, {1: 6}, now=server_now())
        await tab.send(JudgingRoundsState.load)
        assert len(tab.shown(JudgingRoundsState, "results")) == 4
        await tab.send(JudgingRoundsState.close_round)
        first, *others = tab.shown(JudgingRoundsState, "results")
        assert (first.rank, first.name, first.score, first.talk, first.talked) == ("1", "KH-001", "8,00", True, False)
        assert first.scores == ["Trần Thị Hà: 10,00 (10 · 10)", "Trần Thị Hà: 6,00 (6 · 6)"]
        assert [(one.rank, one.tied) for one in others] == [("2", True)] * 3
        [tie] = tab.shown(JudgingRoundsState, "ties")
        assert (tie.field, tie.text) == ("tie-2-3-4", "Hạng 2: KH-002, KH-003, KH-004")
        await tab.send(JudgingRoundsState.open_tie, form={})
        assert tab.shown(JudgingRoundsState, "notice_code") == "CCHC-545"
        await tab.send(JudgingRoundsState.open_tie, form={tie.field: "on"})
        assert tab.shown(JudgingRoundsState, "phase") == "open"
        assert [one.name for one in tab.shown(JudgingRoundsState, "rounds")] == ["Vòng chấm chính", "Vòng chấm lại 1"]
        assert tab.errors == []


async def test_changing_a_judge_and_noting_a_conflict(scene: Scene) -> None:
    spare = make_staff(scene.db, Role.JUDGE, username="judge.spare", now=server_now())
    scene.open()
    async with Browser(cookie=scene.organiser.cookie, path=ROUNDS) as tab:
        await tab.open(ROUNDS, JudgingRoundsState.load)
        panel = tab.shown(JudgingRoundsState, "panels")[0]
        await tab.send(JudgingRoundsState.choose, code=panel.code)
        assert tab.shown(JudgingRoundsState, "chosen").name == "KH-001"
        names = {seat.username for seat in panel.seats}
        [free] = {scene.one.username, scene.two.username, spare.username} - names
        form = {"code": "1", "judge": panel.seats[0].username, "to": free}
        await tab.send(JudgingRoundsState.reassign, form=form)
        assert free in {seat.username for seat in tab.shown(JudgingRoundsState, "chosen").seats}
        assert tab.shown(JudgingRoundsState, "done") == "Đã đổi người chấm."
        code = next(iter(unit.value for unit in tab.shown(JudgingRoundsState, "units") if unit.name == panel.unit))
        await tab.send(JudgingRoundsState.note_conflict, form={"judge": free, "unit": code, "reason": "người nhà"})
        states = {seat.username: seat.state for seat in tab.shown(JudgingRoundsState, "chosen").seats}
        assert states[free] == "xung đột, cần đổi"
        [line] = [judge for judge in tab.shown(JudgingRoundsState, "judges") if judge.username == free]
        assert line.conflicts == [f"{panel.unit} ({scene.organiser.username}: người nhà)"]
        await tab.send(JudgingRoundsState.choose, code=0)
        assert (tab.shown(JudgingRoundsState, "chosen").code, tab.errors) == (0, [])


async def test_taking_a_conflict_back(scene: Scene) -> None:
    async with Browser(cookie=scene.organiser.cookie, path=ROUNDS) as tab:
        await tab.open(ROUNDS, JudgingRoundsState.load)
        unit = tab.shown(JudgingRoundsState, "units")[1]
        noted = {"judge": scene.one.username, "unit": unit.value, "reason": "người nhà"}
        await tab.send(JudgingRoundsState.note_conflict, form=noted)
        [lift], deeds = tab.shown(JudgingRoundsState, "lifts"), tab.shown(JudgingRoundsState, "deeds")
        assert lift.name.endswith(f"({scene.one.username}) – {unit.name}")
        await tab.send(JudgingRoundsState.lift_conflict, form={"conflict": lift.value, "reason": ""})
        # The forms stay as typed: their key is the number of deeds.
        assert (tab.shown(JudgingRoundsState, "deeds"), tab.shown(JudgingRoundsState, "notice") != "") == (deeds, True)
        await tab.send(JudgingRoundsState.lift_conflict, form={"conflict": lift.value, "reason": "ghi nhầm"})
        assert (tab.shown(JudgingRoundsState, "lifts"), tab.shown(JudgingRoundsState, "notice")) == ([], "")
        assert [judge.conflicts for judge in tab.shown(JudgingRoundsState, "judges")] == [[], []]
        assert tab.errors == []


async def test_auditors_read_and_change_nothing(scene: Scene) -> None:
    auditor = make_staff(scene.db, Role.AUDITOR, now=server_now())
    async with Browser(cookie=auditor.cookie, path=ROUNDS) as tab:
        await tab.open(ROUNDS, JudgingRoundsState.load)
        assert (tab.shown(JudgingRoundsState, "phase"), tab.shown(JudgingRoundsState, "may_run")) == ("before", False)
        await tab.send(JudgingRoundsState.open_main)
        assert tab.shown(StaffState, "denied") is True
    with scene.db.read() as session:
        assert session.exec(select(JudgingRound)).all() == []


@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:20])
async def test_other_types_are_refused_quietly(scene: Scene, value: object) -> None:
    scene.open()
    with scene.db.read() as session:
        before = len(session.exec(select(AuditEntry)).all())
    async with Browser(cookie=scene.one.cookie, path=DESK) as tab:
        await tab.open(DESK, JudgeDeskState.load)
        await tab.send(JudgeDeskState.give, code=value, criterion=value, points=value)
        await tab.send(JudgeDeskState.give, code=1, criterion=value, points=5)
        for handler in (JudgeDeskState.step_back, JudgeDeskState.write_note):
            await tab.send(handler, form=value)
        await tab.send(JudgeDeskState.put_off, code=value, skipped=value)
        await tab.send(JudgeDeskState.write_comment, code=value, text=value)
        await tab.send(JudgeDeskState.open_task, code=value)
        await tab.send(JudgeDeskState.show_round, number=value)
        await tab.send(JudgeDeskState.ask, confirming=value)
        assert tab.errors == []
    async with Browser(cookie=scene.organiser.cookie, path=ROUNDS) as tab:
        await tab.open(ROUNDS, JudgingRoundsState.load)
        for handler in (
            JudgingRoundsState.open_tie,
            JudgingRoundsState.reassign,
            JudgingRoundsState.note_conflict,
            JudgingRoundsState.lift_conflict,
        ):
            await tab.send(handler, form=value)
        await tab.send(JudgingRoundsState.choose, code=value)
        await tab.send(JudgingRoundsState.ask, what=value)
        assert tab.errors == []
    with scene.db.read() as session:
        assert session.exec(select(JudgingScore)).all() == []
        assert session.exec(select(JudgeConflict)).all() == []
        assert len(session.exec(select(AuditEntry)).all()) == before
    assert not any(task.skipped for task in tasks_of(scene.db, scene.one.id))
