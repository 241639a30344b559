"""Three judges on tablets, one of whom belongs to a unit: blind scores, a tie, a round of re-judging, results.

Everything the server sends to the judges' browsers is read.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc_app import frontend
from cchc_app.data.contests import contest_in_force
from cchc_app.data.judged import tasks_in
from cchc_app.data.judging import rounds
from cchc_app.services.judging_results import results
from tests.e2e.judging import Judge, Panel, prepare, sign_in
from tests.e2e.test_accessibility import violations
from tests.live_site import LiveSite
from tests.slogans import codes_by_unit, judge_everything

TABLET = {"viewport": {"width": 820, "height": 1180}, "device_scale_factor": 1, "has_touch": True, "is_mobile": False}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
ROUNDS = "/quan-tri/vong-cham"
SLOGANS = 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site of its own: its slogans are judged."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("judging"))
    live.run("init", "--preset", "hai-phong-2025")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture(scope="module")
def panel(place: LiveSite) -> Iterator[Panel]:
    made = prepare(place, slogans=SLOGANS)
    yield made
    made.db.dispose()


def test_three_judges_a_tie_and_its_round(new_phone: Callable[..., Page], panel: Panel) -> None:
    office = new_phone(base_url=panel.site.url, **DESKTOP)
    sign_in(office.context, panel.site, panel.organiser)
    office.goto(ROUNDS)
    expect(office.get_by_text("4 khẩu hiệu đã gửi, 3 giám khảo, mỗi khẩu hiệu 2 người chấm.")).to_be_visible()
    office.get_by_role("button", name="Mở vòng chấm").click()
    office.get_by_role("button", name="Xác nhận mở vòng chấm").click()
    expect(office.get_by_text("Đã nộp 0/8 phần chấm.")).to_be_visible()

    judges = [Judge(new_phone(base_url=panel.site.url, **TABLET), panel, place) for place in range(3)]
    own = codes_by_unit(panel.db)[panel.slogans[0].unit_id]
    given = {1: 9, 2: 9, 3: 7, 4: 5}
    for judge in judges:
        judge.open()
    assert own not in judges[0].codes()
    assert sorted(code for judge in judges for code in judge.codes()) == sorted([1, 2, 3, 4] * 2)
    _put_off_and_come_back(judges[1])
    for judge in judges[:2]:
        judge.score(given.__getitem__)
        expect(judge.page.get_by_text("phần chấm của các giám khảo khác chưa nộp")).to_be_visible()
    _nothing_secret(panel, judges)
    judges[2].score(given.__getitem__)
    expect(judges[2].page.get_by_role("heading", name="Đối chiếu điểm")).to_be_visible()
    judges[0].page.get_by_role("button", name="Xem lại tình hình").click()
    expect(judges[0].page.get_by_role("heading", name="Đối chiếu điểm")).to_be_visible()
    _no_unit_and_no_author(panel, judges)

    office.get_by_role("button", name="Đóng vòng chấm").click()
    office.get_by_role("button", name="Xác nhận đóng vòng chấm").click()
    table = office.get_by_role("table", name="Kết quả chấm theo thứ hạng")
    expect(table.get_by_role("row").nth(1)).to_contain_text("1 =")
    office.get_by_label("Hạng 1: KH-001, KH-002").check()
    office.get_by_role("button", name="Mở vòng chấm lại").click()
    expect(office.get_by_text("Đã nộp 0/4 phần chấm.")).to_be_visible()
    drawn = _judges_of_the_tie(panel)
    assert drawn
    for judge in (judges[place] for place, one in enumerate(panel.judges) if one.id in drawn):
        judge.open()
        judge.score({1: 3, 2: 8}.__getitem__)
    office.reload()
    expect(office.get_by_text("Đã nộp 4/4 phần chấm.")).to_be_visible()
    office.get_by_role("button", name="Đóng vòng chấm").click()
    office.get_by_role("button", name="Xác nhận đóng vòng chấm").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("KH-002")
    expect(office.get_by_text("Không còn khẩu hiệu nào bằng điểm.")).to_be_visible()
    _no_unit_and_no_author(panel, judges)
    with panel.db.read() as session:
        contest_id = contest_in_force(session).contest_id
    found = results(panel.db, contest_id=contest_id)
    assert found.complete
    assert [(one.rank, one.code_number, one.tied) for one in found.slogans] == [
        (1, 2, False),
        (2, 1, False),
        (3, 3, False),
        (4, 4, False),
    ]


def _judges_of_the_tie(panel: Panel) -> set[int]:
    """Whom the lot gave the tied slogans: a page just loaded may show its earlier round for a moment."""
    with panel.db.read() as session:
        newest = rounds(session, contest_in_force(session).contest_id)[-1]
        return {task.staff_id for task in tasks_in(session, [newest.id or 0])}


def _put_off_and_come_back(judge: Judge) -> None:
    first = judge.code()
    judge.page.get_by_role("button", name="Bỏ qua, chấm sau").click()
    expect(judge.page.locator(".judging-main .eyebrow")).not_to_have_text(f"KH-{first:03}")
    judge.page.get_by_role("button", name=f"KH-{first:03}").click()
    expect(judge.page.get_by_text("Bạn đã để khẩu hiệu này lại chấm sau.")).to_be_visible()
    judge.page.get_by_label("Nhận xét của bạn").fill(f"Ghi của {judge.name}")
    expect(judge.page.get_by_text(re.compile("Đã lưu lúc"))).to_be_visible()


def _nothing_secret(panel: Panel, judges: list[Judge]) -> None:
    """Before all scores are in, a judge's browser knows of nobody else's."""
    _no_unit_and_no_author(panel, judges)
    for judge in judges:
        assert all(other.name not in judge.sent for other in judges if other is not judge)
    assert all("Ghi của" not in judge.sent for judge in (judges[0], judges[2]))


def _no_unit_and_no_author(panel: Panel, judges: list[Judge]) -> None:
    private = [said for one in panel.slogans for said in (one.unit_name, one.author, one.explanation, one.writer.name)]
    for judge in judges:
        assert [said for said in private if said in judge.sent] == []
        assert any(slogan.text in judge.sent for slogan in panel.slogans)  # it is read as it should be
    assert panel.slogans[0].text not in judges[0].sent


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Panel]:
    """A site of one test."""
    live = LiveSite(tmp_path)
    live.run("init", "--preset", "hai-phong-2025")
    live.start()
    made = prepare(live, slogans=3)
    yield made
    made.db.dispose()
    live.stop()
    assert live.traceback() == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_judging_are_accessible(another: Panel, new_phone: Callable[..., Page], scheme: str) -> None:
    url = another.site.url
    office = new_phone(base_url=url, color_scheme=scheme, **DESKTOP)
    sign_in(office.context, another.site, another.organiser)
    office.goto(ROUNDS)
    office.get_by_role("button", name="Mở vòng chấm").click()
    wrong = violations(office)
    office.get_by_role("button", name="Xác nhận mở vòng chấm").click()
    office.get_by_role("button", name="Đổi người chấm KH-001").click()
    expect(office.get_by_label("Giao cho")).to_be_visible()
    wrong += violations(office)
    judge = Judge(new_phone(base_url=url, color_scheme=scheme, **TABLET), another, 1)
    judge.open()
    wrong += violations(judge.page)
    with another.db.read() as session:
        rules = contest_in_force(session).rule_set.judging
    for place, one in enumerate(another.judges):
        judge_everything(another.db, one, rules, {1: 2 + 3 * place, 2: 2 + 3 * place}, now=datetime.now(UTC))
    judge.page.reload()
    expect(judge.page.get_by_role("heading", name="Đối chiếu điểm")).to_be_visible()
    wrong += violations(judge.page)
    office.reload()
    expect(office.get_by_role("table", name="Kết quả chấm theo thứ hạng")).to_be_visible()
    wrong += violations(office)
    assert wrong == []
