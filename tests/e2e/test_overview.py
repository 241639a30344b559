"""The organisers' overview and the item analysis in a browser, with the demonstration's people."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cchc_app import frontend
from cchc_app.contest.access import Role
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.live_site import LiveSite
from tests.staff import make_staff


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("overview"))
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture
def desk(place: LiveSite, browser: Browser) -> Iterator[Page]:
    use_keyring(load_keyring(Settings(data_dir=Path(place.environment["CCHC_DATA_DIR"]))))
    db = Database(place.environment["CCHC_DATABASE_URL"])
    staff = make_staff(db, Role.ORGANISER, now=datetime.now(UTC))
    db.dispose()
    context = browser.new_context(
        base_url=place.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900}
    )
    context.add_cookies([{"name": "cchc_bqt", "value": staff.token, "url": place.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def test_figures_move_by_themselves_and_units_are_found(desk: Page) -> None:
    desk.goto("/quan-tri")
    figures = desk.get_by_role("list", name="Số liệu chính")
    expect(figures.get_by_text("Người đã đăng ký")).to_be_visible()
    stamp = desk.get_by_text("Số liệu tự cập nhật")
    before = stamp.inner_text()
    expect(desk.locator(".recharts-bar-rectangle").first).to_be_visible()
    desk.get_by_text("Xem bảng số liệu").last.click()
    expect(desk.get_by_role("region", name="Lượt thi theo ngày").get_by_role("row").nth(1)).to_be_visible()
    expect(stamp).not_to_have_text(before, timeout=15_000)  # nobody touched the page
    desk.get_by_label("Tìm đơn vị").fill("le chan")
    desk.get_by_role("button", name="Tìm", exact=True).click()
    expect(desk.get_by_role("row", name="UBND phường Lê Chân")).to_be_visible()
    expect(desk).to_have_url(re.compile(re.escape("tim=le+chan")))
    desk.get_by_role("link", name="Cả hội thi").click()
    expect(desk).to_have_url(re.compile(re.escape("bang=chung-cuoc")))
    expect(desk.get_by_role("row", name="UBND phường Lê Chân")).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Xuất xlsx").click()
    assert download.value.suggested_filename == "tham-gia.xlsx"


def test_a_question_is_opened(desk: Page) -> None:
    desk.goto("/quan-tri/thong-ke-cau-hoi?xep=phan-biet")
    desk.get_by_role("region", name="Các câu hỏi").get_by_role("link", name="bản 1").first.click()
    options = desk.get_by_role("region", name="Các phương án")
    expect(options.get_by_text("Đáp án", exact=True)).to_be_visible()
    expect(options.get_by_role("row")).to_have_count(5)
    desk.get_by_role("link", name="Đóng").click()
    expect(options).to_have_count(0)
    expect(desk).to_have_url(re.compile(re.escape("xep=phan-biet")))
