"""Organisers on a tablet: units from a file, a person shut out and let in, a PIN by a link, one paper's timeline."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Attempt
from tests.e2e.pages import RegisterPage, SignInPage
from tests.e2e.test_accessibility import violations
from tests.e2e.test_main_job import newcomer
from tests.e2e.test_organisers import at_the_desk, db
from tests.e2e.test_staff import TABLET
from tests.live_site import LiveSite

__all__ = ["db"]

FILE = "Mã;Tên đơn vị;Khối;Số người\n{code};{name};su_nghiep;{people}\n"


def send(desk: Page, text: str) -> None:
    desk.set_input_files("#units-file", files=[{"name": "don-vi.csv", "mimeType": "text/csv", "buffer": text.encode()}])
    desk.get_by_role("button", name="Đọc và xem trước").click()
    desk.wait_for_url(re.compile(r"/don-vi/nhap/\d+$"))


def open_deed(desk: Page, title: str) -> None:
    desk.locator("details.deed summary", has_text=title).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_units_from_a_file_that_is_put_right(
    new_phone: Callable[..., Page], site: LiveSite, db: Database, scheme: str
) -> None:
    desk, code = new_phone(**TABLET, color_scheme=scheme), f"TT-{scheme}"
    at_the_desk(db, site, desk)
    desk.goto("/quan-tri/don-vi")
    expect(desk.get_by_role("table", name=re.compile("^Đơn vị"))).to_be_visible()
    wrong = violations(desk)
    send(desk, FILE.format(code=code, name="T", people="0"))
    expect(desk.get_by_text("Có lỗi, chưa ghi gì")).to_be_visible()
    expect(desk.get_by_role("row", name=re.compile("Số người"))).to_be_visible()
    wrong += violations(desk)
    desk.get_by_role("link", name="Về danh sách đơn vị").click()
    name = f"Trung tâm Thử nghiệm {scheme}"
    send(desk, FILE.format(code=code, name=name, people="40"))
    address = desk.url.removeprefix(site.url)
    desk.goto("/quan-tri/don-vi")  # left, and found again
    desk.locator(f"a[href='{address}']").click()
    desk.get_by_role("button", name="Ghi tất cả").click()
    expect(desk.get_by_text(re.compile("^Đã ghi. 1 dòng thêm"))).to_be_visible()
    wrong += violations(desk)
    desk.goto("/quan-tri/don-vi?tim=trung+tam+thu+nghiem")
    desk.get_by_role("link", name=name).click()
    open_deed(desk, "Đặt số người")
    desk.locator("#headcount").fill("44")
    desk.get_by_role("button", name="Lưu số người").click()
    expect(desk.get_by_text(re.compile(f"^Đã đặt 44 người cho {name}"))).to_be_visible()
    assert wrong + violations(desk) == []


def test_a_person_is_shut_out_let_in_and_given_a_new_pin(
    new_phone: Callable[..., Page], site: LiveSite, db: Database
) -> None:
    person, phone, desk = newcomer(), new_phone(), new_phone(**TABLET)
    RegisterPage(phone).open().register(person)
    one = at_the_desk(db, site, desk)
    desk.goto("/quan-tri/thi-sinh")
    desk.get_by_label(re.compile("^Tìm tên")).fill(person.name)
    desk.get_by_role("button", name="Tìm").click()
    desk.get_by_role("link", name=person.name).click()
    expect(desk.get_by_role("heading", name=person.name)).to_be_visible()
    wrong = violations(desk)

    open_deed(desk, "Khóa tài khoản")
    desk.locator("#reason-block").fill("Hai người dùng chung")
    desk.get_by_role("button", name="Khóa tài khoản").click()
    expect(desk.get_by_text(re.compile("^Đã khóa tài khoản"))).to_be_visible()
    phone.wait_for_url(re.compile("/dang-nhap"))
    open_deed(desk, "Mở khóa tài khoản")
    desk.locator("#reason-unblock").fill("Đã làm rõ")
    desk.get_by_role("button", name="Mở khóa", exact=True).click()
    expect(desk.get_by_text(re.compile("^Đã mở khóa tài khoản"))).to_be_visible()

    open_deed(desk, "Cấp liên kết đặt lại mã PIN")
    desk.locator("#reason-pin").fill("Gặp trực tiếp")
    desk.locator("#code-pin").fill(one.code(datetime.now(UTC)))
    desk.get_by_role("button", name="Cấp liên kết").click()
    link = desk.locator("code.break-all").inner_text()
    wrong += violations(desk)
    phone.goto("/")
    phone.goto(link)
    phone.get_by_label("Mã PIN mới").fill("620485")
    phone.get_by_label("Nhập lại mã PIN").fill("620485")
    wrong += violations(phone)
    phone.get_by_role("button", name="Lưu mã PIN mới").click()
    expect(phone.get_by_role("heading", name="Đã lưu mã PIN mới")).to_be_visible()
    SignInPage(phone).open().sign_in(person.number, "620485")
    phone.wait_for_url(re.compile("/thi$"))
    assert wrong == []


def test_the_auditor_sees_a_timeline_and_can_change_nothing(
    new_phone: Callable[..., Page], site: LiveSite, db: Database
) -> None:
    desk = new_phone(**TABLET)
    at_the_desk(db, site, desk, Role.AUDITOR)
    with db.read() as session:
        receipt = session.exec(
            select(Attempt.receipt).where(Attempt.kind == COUNTED, col(Attempt.finished_at).is_not(None)).limit(1)
        ).one()
    desk.goto(f"/quan-tri/bai-thi?tim={receipt}")
    desk.get_by_role("link", name=receipt).click()
    expect(desk.get_by_role("row", name=re.compile("Nộp bài|Hết giờ"))).to_be_visible()
    assert violations(desk) == []
    desk.goto("/quan-tri/don-vi")
    expect(desk.get_by_role("table", name=re.compile("^Đơn vị"))).to_be_visible()
    expect(desk.get_by_role("button", name="Thêm đơn vị")).to_have_count(0)
    desk.goto("/quan-tri/nhat-ky?viec=staff_signed_in")
    expect(desk.get_by_label("Việc")).to_have_value("staff_signed_in")
    assert violations(desk) == []
