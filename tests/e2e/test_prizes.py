"""From a week that is over to its winners on a phone: closed, proposed, confirmed by another, published."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from cchc_app import frontend
from cchc_app.contest.access import Role
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import OfficialPlace, Participant
from cchc_app.settings import Settings
from tests.e2e.test_accessibility import violations
from tests.live_site import LiveSite
from tests.staff import Staffer, make_staff

DESKTOP = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
TABLET = {**DESKTOP, "viewport": {"width": 820, "height": 1180}}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site of its own: the demonstration contest, whose first week is over."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("prizes"))
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture(scope="module")
def db(place: LiveSite) -> Iterator[Database]:
    use_keyring(load_keyring(Settings(data_dir=Path(place.environment["CCHC_DATA_DIR"]))))
    database = Database(place.environment["CCHC_DATABASE_URL"])
    yield database
    database.dispose()


def staff_page(new_phone: Callable[..., Page], place: LiveSite, who: Staffer, **options: object) -> Page:
    page = new_phone(**{**DESKTOP, "base_url": place.url, **options})
    page.context.add_cookies([{"name": "cchc_bqt", "value": who.token, "url": place.url}])
    return page


def member(db: Database, role: Role = Role.ORGANISER) -> Staffer:
    return make_staff(db, role, now=datetime.now(UTC))


def enter_code(page: Page, who: Staffer) -> None:
    page.get_by_label("Mã xác thực của bạn").fill(who.code(datetime.now(UTC)))


def first_names(db: Database, count: int) -> list[str]:
    with db.read() as session:
        query = select(Participant.full_name).join(OfficialPlace, col(OfficialPlace.participant_id) == Participant.id)
        return list(session.exec(query.order_by(col(OfficialPlace.place)).limit(count)))


def units_by_keyboard(page: Page) -> None:
    """The units of the version shown: chosen, sorted and searched without a mouse; the address says so."""
    page.get_by_role("link", name="Đơn vị (").press("Enter")
    table = page.get_by_role("table", name="Thứ hạng đơn vị của bản đang xem")
    expect(table.get_by_role("row")).to_have_count(51)
    table.get_by_role("link", name="Kết quả").press("Enter")
    expect(table.get_by_role("columnheader", name="Kết quả")).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("Tìm tên đơn vị").fill("le chan")
    page.get_by_label("Tìm tên đơn vị").press("Enter")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table.get_by_role("row").nth(1)).to_contain_text("Lê Chân")
    expect(page).to_have_url(re.compile(r"bang=1&xem=don-vi&tim=le\+chan&xep=ket-qua#cac-bang$"))


def test_from_closing_to_the_winners_page(new_phone: Callable[..., Page], place: LiveSite, db: Database) -> None:
    one, other, third = member(db), member(db), member(db)
    page = staff_page(new_phone, place, one)
    page.goto("/quan-tri")
    page.get_by_role("link", name="Kết quả chính thức").click()
    expect(page.get_by_role("heading", name="Chốt kết quả")).to_be_visible()
    page.get_by_role("link", name="Tuần 4").click()
    expect(page.get_by_text("CCHC-731")).to_be_visible()
    page.get_by_role("link", name="Tuần 1").click()
    wrong = violations(page)
    page.get_by_role("button", name="Tính từ bài làm gốc").click()
    expect(page.get_by_text("khớp với câu trả lời gốc ở mọi bài")).to_be_visible()
    expect(page.get_by_text("Bảng trực tiếp khớp hoàn toàn.")).to_be_visible()
    enter_code(page, one)
    page.get_by_role("button", name="Chốt kết quả").click()
    expect(page.get_by_text("Đã chốt Tuần 1, bản 1.")).to_be_visible()
    names = first_names(db, 11)
    table = page.get_by_role("table", name="Thứ hạng cá nhân của bản đang xem")
    expect(table.get_by_role("row").nth(1)).to_contain_text(names[0])
    wrong += violations(page)

    page.get_by_label("Tìm tên hoặc đơn vị").fill(names[2])
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(table.get_by_role("row").nth(1)).to_contain_text(names[2])
    with page.expect_download() as download:
        page.get_by_role("link", name="Xuất xlsx").click()
    assert download.value.suggested_filename == "ket-qua-chinh-thuc.xlsx"
    units_by_keyboard(page)
    wrong += violations(page)

    page.get_by_role("link", name="Giải thưởng", exact=True).click()
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.get_by_text("Người thứ hai xem và xác nhận.")).to_be_visible()
    expect(page.get_by_text("Người khác trong Ban Tổ chức sẽ xác nhận.")).to_be_visible()
    wrong += violations(page)
    page.get_by_role("link", name="Bị bỏ qua (").click()
    expect(page).to_have_url(re.compile("xem=bi-bo-qua"))
    expect(page.get_by_role("heading", name="Bị bỏ qua")).to_be_visible()
    wrong += violations(page)

    second = staff_page(new_phone, place, other, **{**TABLET, "color_scheme": "dark"})
    second.goto("/quan-tri/giai-thuong?bang=1")
    enter_code(second, other)
    second.get_by_role("button", name="Xác nhận danh sách").click()
    expect(second.get_by_text("Đã xác nhận danh sách.")).to_be_visible()
    wrong += violations(second)

    phone = new_phone(base_url=place.url)
    phone.goto("/giai-thuong")
    expect(phone.get_by_text("Chưa công bố giải nào")).to_be_visible()
    publisher = staff_page(new_phone, place, third)
    publisher.goto("/quan-tri/giai-thuong?bang=1")
    enter_code(publisher, third)
    publisher.get_by_role("button", name="Công bố danh sách").click()
    expect(publisher.get_by_text("Đã công bố danh sách Tuần 1, bản 1.")).to_be_visible()

    phone.goto("/")
    phone.get_by_role("link", name="Xem danh sách được giải").click()
    expect(phone.get_by_role("heading", name="Giải Nhất tuần 1")).to_be_visible()
    for name in names[:1]:
        expect(phone.get_by_text(name, exact=True).first).to_be_visible()
    assert wrong + violations(phone) == []


def test_a_page_that_is_behind_is_told(new_phone: Callable[..., Page], place: LiveSite, db: Database) -> None:
    one, other = member(db), member(db)
    pages = [staff_page(new_phone, place, who) for who in (one, other)]
    for page in pages:
        page.goto("/quan-tri/giai-thuong?bang=1")
        page.get_by_text("Lập bản mới", exact=True).first.click()
    pages[0].locator("#reason-new").fill("Đính chính tên đơn vị")
    pages[0].get_by_role("button", name="Lập bản mới").click()
    expect(pages[0].get_by_text("Đã lập danh sách Tuần 1, bản 2.")).to_be_visible()
    pages[1].locator("#reason-new").fill("Bổ sung giải")
    pages[1].get_by_role("button", name="Lập bản mới").click()
    expect(pages[1].get_by_text(f"{one.username} đã sửa phần này")).to_be_visible()
    expect(pages[1].get_by_text("Bản 2", exact=True)).to_be_visible()
    phone = new_phone(base_url=place.url)
    phone.goto("/giai-thuong")
    expect(phone.get_by_text("Bản 1, công bố lúc")).to_be_visible()


def test_an_auditor_reads_and_takes_files(new_phone: Callable[..., Page], place: LiveSite, db: Database) -> None:
    page = staff_page(new_phone, place, member(db, Role.AUDITOR), **TABLET)
    page.goto("/quan-tri/giai-thuong?bang=1")
    expect(page.get_by_text("Vai trò của bạn chỉ xem.")).to_be_visible()
    expect(page.get_by_role("button", name="Lập lại danh sách")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Xuất xlsx danh sách").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert first_names(db, 1)[0] in strings
    page.goto("/quan-tri/ket-qua?bang=1")
    expect(page.get_by_text("Bản 1 · ").first).to_be_visible()
    expect(page.get_by_label("Mã xác thực của bạn")).to_have_count(0)
