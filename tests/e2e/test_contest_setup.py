"""A contest from nothing in an organiser's browser: set up, worded, its rules changed and published, a logo, news."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cchc_app import frontend
from cchc_app.contest.access import Role
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.e2e.test_accessibility import violations
from tests.live_site import LiveSite
from tests.staff import Staffer, make_staff

DESK = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
STEP = timedelta(seconds=30)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site with a migrated database and no contest."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("empty"))
    live.run("migrate")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


def organiser(site: LiveSite) -> Staffer:
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    db = Database(site.environment["CCHC_DATABASE_URL"])
    who = make_staff(db, Role.ORGANISER, username="mai.dinh", now=datetime.now(UTC))
    db.dispose()
    return who


def signed_in(new_phone: Callable[..., Page], site: LiveSite, who: Staffer) -> Page:
    page = new_phone(**DESK, base_url=site.url)
    page.context.add_cookies([{"name": "cchc_bqt", "value": who.token, "url": site.url}])
    return page


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(out, "PNG")
    return out.getvalue()


def test_a_contest_is_set_up_without_a_command(new_phone: Callable[..., Page], empty: LiveSite) -> None:
    who = organiser(empty)
    page, wrong = signed_in(new_phone, empty, who), []
    page.goto("/quan-tri/hoi-thi")
    page.get_by_role("main").get_by_role("link", name="Lập hội thi mới").last.click()
    page.get_by_label("Bắt đầu từ").select_option("hai-phong-2025")
    page.get_by_label("Tên hội thi").fill("Hội thi năm 2035")
    page.get_by_label("Tên ngắn").fill("Hội thi 2035")
    page.get_by_label("Tên đường dẫn").fill("hoi-thi-2035")
    page.get_by_label("Mã hội thi").fill("HT35")
    page.get_by_label("Ngày đầu tiên").fill("ngày mai")
    page.get_by_label("Mã xác thực của bạn").fill(who.code(datetime.now(UTC)))
    page.get_by_role("button", name="Lập hội thi").click()
    expect(page.get_by_text("Ngày giờ chưa đúng")).to_be_visible()
    expect(page.get_by_label("Tên ngắn")).to_have_value("Hội thi 2035")
    wrong += violations(page)
    page.get_by_label("Ngày đầu tiên").fill("01/01/2035")
    page.get_by_role("button", name="Lập hội thi").click()
    expect(page.get_by_text("Đã lập “Hội thi năm 2035” với 164 đơn vị")).to_be_visible()

    page.goto("/quan-tri/hoi-thi/the-le?muc=de-thi")
    page.get_by_label("Thời gian làm bài (phút)").fill("25")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp")).to_be_visible()
    wrong += violations(page)
    page.get_by_role("link", name="Xếp hạng").click()
    page.get_by_role("button", name="Xét sớm hơn Nộp bài sớm hơn").click()
    expect(page.locator(".chain li").nth(1)).to_contain_text("Nộp bài sớm hơn")
    page.get_by_role("link", name="Công bố").click()
    expect(page.get_by_text("25 phút")).to_be_visible()
    page.get_by_label("Ghi chú công khai").fill("Thêm năm phút")
    app = pyotp.TOTP(who.secret)
    page.get_by_label("Mã xác thực của bạn").fill(app.at(datetime.now(UTC) + STEP))
    page.get_by_role("button", name="Công bố phiên bản mới").click()
    expect(page.get_by_text("Đã công bố phiên bản 2")).to_be_visible()
    wrong += violations(page)

    page.goto("/quan-tri/hoi-thi?muc=tep")
    page.locator("#file-logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Tải lên Logo").click()
    expect(page.get_by_text("Đã tải lên.")).to_be_visible()
    expect(page.get_by_role("link", name="logo.png")).to_be_visible()
    page.locator("#file-banner").set_input_files({"name": "x.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    page.get_by_role("button", name="Tải lên Ảnh bìa").click()
    expect(page.get_by_text("CCHC-666")).to_be_visible()

    page.goto("/quan-tri/tin-tuc/moi")
    page.get_by_label("Tiêu đề").fill("Khai mạc")
    page.get_by_label("Nội dung").fill("Mời **mọi người** dự thi.")
    page.get_by_label("Hiện từ").click()
    expect(page.locator(".preview strong")).to_have_text("mọi người")
    page.get_by_role("button", name="Lưu tin").click()
    page.wait_for_url(re.compile(r"/quan-tri/tin-tuc/\d+$"))
    wrong += violations(page)

    page.goto("/quan-tri/hoi-thi/xem-thu")
    page.get_by_role("button", name="Tuần 1 mở").click()
    expect(page.get_by_text("Vào thi tuần 1")).to_be_visible()
    wrong += violations(page)

    visitor = new_phone(base_url=empty.url)
    visitor.goto("/")
    expect(visitor.get_by_role("heading", name="Hội thi năm 2035")).to_be_visible()
    expect(visitor.locator("img.hero-logo")).to_be_visible()
    assert visitor.locator("img.hero-logo").evaluate("image => image.naturalWidth") == 300
    visitor.get_by_role("link", name="Khai mạc").click()
    visitor.wait_for_url(re.compile(r"/tin-tuc/\d+$"))
    expect(visitor.get_by_role("heading", name="Khai mạc", level=1)).to_be_visible()
    expect(visitor.locator(".prose strong")).to_have_text("mọi người")
    visitor.goto("/the-le")
    expect(visitor.get_by_text("Thêm năm phút").last).to_be_visible()
    assert wrong == []


def test_two_organisers_at_one_form(new_phone: Callable[..., Page], site: LiveSite) -> None:
    who = organiser(site)
    pages = [signed_in(new_phone, site, who) for _ in range(2)]
    for page in pages:
        page.goto("/quan-tri/hoi-thi/the-le?muc=don-vi")
        expect(page.get_by_label("Trọng số điểm trung bình")).to_have_value("50")
    for page, value, said in zip(pages, ("60", "70"), ("Đã lưu bản nháp", "CCHC-654"), strict=True):
        page.get_by_label("Trọng số điểm trung bình").fill(value)
        page.get_by_role("button", name="Lưu bản nháp").click()
        expect(page.get_by_text(said)).to_be_visible()
    expect(pages[1].get_by_text("CCHC-654")).to_be_visible()
    expect(pages[1].get_by_label("Trọng số điểm trung bình")).to_have_value("70")
    expect(pages[1].get_by_role("status").filter(has_text="Người khác vừa đổi")).to_contain_text("điểm 60")
    pages[1].get_by_role("button", name="Lưu bản nháp").click()
    expect(pages[1].get_by_text("Đã lưu bản nháp")).to_be_visible()
