"""Round 2 in one piece, in browsers: codes, writers, the deadline, three judges, a tie, publication, the gallery.

Everything the server sends to the judges' browsers is read on the way.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from cchc_app import frontend
from cchc_app.data.tables import Unit
from tests.e2e.judging import Judge, Panel, prepare, sign_in
from tests.e2e.slogan_pages import SloganPage, as_person, close_at
from tests.live_site import LiveSite
from tests.slogans import tasks_of
from tests.writers import GOOD, OTHER, Writer, add_to_unit

TABLET = {"viewport": {"width": 820, "height": 1180}, "device_scale_factor": 1, "has_touch": True, "is_mobile": False}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
# What counts in the end, by unit; the first is the unit of the first judge.
FINAL = (
    OTHER,
    "Nụ cười nơi một cửa, niềm tin của muôn nhà, việc hôm nay chớ để ngày mai",
    "Số hóa từng hồ sơ, rút ngắn từng giờ chờ, thêm gần dân mỗi sớm mai",
)
AUTHORS = ("Phạm Thị Hoa Phượng", "Đoàn Văn Bến", "Lưu Thị Sông Cấm")
EXPLANATION = "Thuyết minh chỉ có ở đơn vị thứ nhất"


@pytest.fixture
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """A site of its own: nothing is written yet, and the first judge takes part for the first unit."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("slogan-round"))
    live.run("init", "--preset", "hai-phong-2025")
    live.start()
    made = prepare(live, slogans=0)
    yield made
    made.db.dispose()
    live.stop()
    assert live.traceback() == ""


def test_the_whole_round(panel: Panel, new_phone: Callable[..., Page]) -> None:
    close_at(panel.db, datetime.now(UTC) + timedelta(minutes=30))
    office = new_phone(base_url=panel.site.url, **DESKTOP)
    sign_in(office.context, panel.site, panel.organiser)
    units = _print_codes(office)
    pages = [_take_the_code(new_phone(base_url=panel.site.url), panel, *unit) for unit in units]
    _write_and_replace(pages)
    _reach_the_deadline(panel, pages)

    judges = [Judge(new_phone(base_url=panel.site.url, **TABLET), panel, place) for place in range(3)]
    numbers = _judge(office, judges)
    _judge_the_tie(office, panel, judges, numbers)
    unit_names = [name for name, _ in units]
    for judge in judges:
        assert any(text in judge.sent for text in FINAL)  # it is read as it should be
        assert [said for said in (*unit_names, *AUTHORS, EXPLANATION, GOOD) if said in judge.sent] == []
    assert FINAL[0] not in judges[0].sent

    _publish(office, panel)
    _look_at_the_gallery(new_phone(base_url=panel.site.url), unit_names)


def _print_codes(office: Page) -> list[tuple[str, str]]:
    """Codes of the first three units in the official order: unit and code as printed."""
    office.goto("/quan-tri/ma-don-vi")
    for n in range(3):
        office.get_by_role("checkbox").nth(n).check()
    office.get_by_role("button", name="Tạo mã cho đơn vị đã chọn").click()
    cards = office.locator(".code-cards > li")
    expect(cards).to_have_count(3)
    return [
        (card.get_by_role("heading").inner_text(), card.locator("code.unit-code").inner_text()) for card in cards.all()
    ]


def _take_the_code(phone: Page, panel: Panel, unit_name: str, code: str) -> SloganPage:
    """A person of the unit follows the printed square and becomes its representative."""
    person = _person_of(panel, unit_name)
    as_person(phone, person, panel.site.url)
    phone.goto(f"/khau-hieu/ma#{code}")
    expect(phone.get_by_label("Mã của đơn vị")).to_have_value(code)
    phone.get_by_role("button", name="Nhận vai trò đại diện").click()
    phone.wait_for_url(re.compile("/khau-hieu$"))
    return SloganPage(phone)


def _person_of(panel: Panel, unit_name: str) -> Writer:
    with panel.db.read() as session:
        code = session.exec(select(Unit.code).where(Unit.name == unit_name)).one()
    return add_to_unit(panel.db, 1, unit=code, now=datetime.now(UTC))[0]


def _write_and_replace(pages: list[SloganPage]) -> None:
    """The first unit drafts, hands in and replaces; the others hand in once."""
    first = pages[0]
    first.write(GOOD, author=AUTHORS[0])
    first.page.get_by_role("textbox", name="Thuyết minh").fill(EXPLANATION)
    first.saved()
    first.open()
    expect(first.text).to_have_value(GOOD)
    first.hand_in()
    expect(first.handed_in()).to_contain_text(GOOD)
    first.page.get_by_role("button", name="Sửa và gửi lại").click()
    for page, text, author in zip(pages, FINAL, AUTHORS, strict=True):
        page.write(text, author=author)
        page.hand_in()
        expect(page.handed_in()).to_contain_text(text)


def _reach_the_deadline(panel: Panel, pages: list[SloganPage]) -> None:
    """The round closes in front of a writer who is about to change what was handed in."""
    close_at(panel.db, datetime.now(UTC) + timedelta(seconds=7))
    writer = pages[0].open()
    writer.page.get_by_role("button", name="Sửa và gửi lại").click()
    expect(writer.page.get_by_text("Đã hết hạn nhận khẩu hiệu", exact=True)).to_be_visible(timeout=15_000)
    expect(writer.send).to_be_hidden()
    expect(writer.handed_in()).to_contain_text(FINAL[0])


def _judge(office: Page, judges: list[Judge]) -> dict[str, int]:
    """The main round: the first two slogans get the same points from everybody. Blind numbers by slogan."""
    office.goto("/quan-tri/vong-cham")
    office.get_by_role("button", name="Mở vòng chấm").click()
    office.get_by_role("button", name="Xác nhận mở vòng chấm").click()
    expect(office.get_by_text("Đã nộp 0/6 phần chấm.")).to_be_visible()
    for judge in judges:
        judge.open()
    assert [len(judge.codes()) for judge in judges] == [2, 2, 2]
    numbers = {text: code for judge in judges for code, text in judge.texts().items()}
    assert set(numbers) == set(FINAL)
    assert numbers[FINAL[0]] not in judges[0].codes()
    points = {numbers[FINAL[0]]: 8, numbers[FINAL[1]]: 8, numbers[FINAL[2]]: 6}
    for judge in judges:
        judge.score(points.__getitem__)
    for judge in judges[:2]:  # until the last had handed in, the others' scores were nowhere
        assert all(other.name not in judge.sent for other in judges if other is not judge)
    _close_round(office)
    return numbers


def _judge_the_tie(office: Page, panel: Panel, judges: list[Judge], numbers: dict[str, int]) -> None:
    tied = sorted(numbers[text] for text in FINAL[:2])
    office.get_by_label(f"Hạng 1: KH-{tied[0]:03}, KH-{tied[1]:03}").check()
    office.get_by_role("button", name="Mở vòng chấm lại").click()
    expect(office.get_by_text("Đã nộp 0/4 phần chấm.")).to_be_visible()
    for judge, staffer in zip(judges, panel.judges, strict=True):
        if [task for task in tasks_of(panel.db, staffer.id) if task.submitted_at is None]:
            judge.open()
            judge.score({numbers[FINAL[0]]: 9, numbers[FINAL[1]]: 7}.__getitem__)
    _close_round(office)
    expect(office.get_by_text("Không còn khẩu hiệu nào bằng điểm.")).to_be_visible()


def _close_round(office: Page) -> None:
    office.get_by_role("button", name="Đóng vòng chấm").click()
    office.get_by_role("button", name="Xác nhận đóng vòng chấm").click()
    expect(office.get_by_role("table", name="Kết quả chấm theo thứ hạng")).to_be_visible()


def _publish(office: Page, panel: Panel) -> None:
    office.goto("/quan-tri/khau-hieu/cong-bo")
    expect(office.get_by_role("table", name="Mọi khẩu hiệu đã chấm, theo thứ hạng")).to_be_visible()
    office.get_by_label("Mã xác thực của bạn").fill(panel.organiser.code(datetime.now(UTC)))
    office.get_by_role("button", name="Công bố kết quả").click()
    expect(office.get_by_text(re.compile("^Đã công bố bản 1"))).to_be_visible()


def _look_at_the_gallery(phone: Page, unit_names: list[str]) -> None:
    phone.goto("/khau-hieu/ket-qua")
    winners = phone.locator(".winners li")
    for n, (text, unit) in enumerate(zip(FINAL, unit_names, strict=True)):
        expect(winners.nth(n)).to_contain_text(text)
        expect(winners.nth(n)).to_contain_text(unit)
    expect(phone.get_by_text(GOOD)).to_have_count(0)  # replaced before the deadline
