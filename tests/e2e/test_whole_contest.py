"""A whole contest by its pages alone: from the first administrator's link to the winners on a phone.

Before the first page two commands ran, as on any new server: `cchc migrate` and `cchc create-admin`. After it none.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from cchc_app import frontend
from cchc_app.services.workbooks import Column, Sheet, workbook
from cchc_app.texts.formats import ZONE
from tests.e2e.pages import Newcomer, QuizPage, RegisterPage
from tests.e2e.staff_pages import StaffDesk
from tests.e2e.test_staff import invitation
from tests.live_site import LiveSite
from tests.questions import workbook_of

DESK = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
MINUTE = timedelta(minutes=1)
WEEKS, QUESTIONS, ON_A_PAPER = 4, 120, 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNITS = (
    ("P01", "UBND phường Thử Nghiệm", "Xã, phường, đặc khu", 40),
    ("S01", "Sở Thử nghiệm", "Sở, ban, ngành", 25),
    ("B01", "Bệnh viện Thử nghiệm", "Đơn vị sự nghiệp", 60),
)
AN = Newcomer("031085100001", "Đỗ Thị Hai Phút", "05/09/1985", UNITS[0][1], "482915")
BINH = Newcomer("031085100002", "Vũ Văn Thêm Giờ", "05/09/1985", UNITS[1][1], "482915")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site with a migrated database and nothing in it."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("whole"))
    live.run("migrate")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


def test_a_whole_contest(new_phone: Callable[..., Page], bare: LiveSite) -> None:
    def desk(username: str, name: str) -> StaffDesk:
        return StaffDesk(new_phone(**DESK, base_url=bare.url), username, name)

    admin = desk("quan.tri", "Phạm Thị Quản").join(invitation(bare))
    organiser = desk("to.chuc", "Đinh Văn Tổ").join(admin.invite("organiser"))
    set_up(organiser)
    writer = desk("bien.tap", "Ngô Thị Biên").join(admin.invite("question_editor"))
    write_questions(writer.page)
    approver = desk("duyet", "Lê Văn Duyệt").join(admin.invite("question_editor"))
    approve_questions(approver.page)
    bring_units(organiser.page)
    write_rules(organiser)

    phones = [new_phone(base_url=bare.url) for _ in range(2)]
    RegisterPage(phones[0]).open().register(AN)
    RegisterPage(phones[1]).open().register(BINH)
    give_extra_time(organiser.page, BINH)
    take_paper(phones[0], minutes=20)
    take_paper(phones[1], minutes=30)

    closes_at = end_first_week(organiser)
    look_at_questions(organiser.page)
    second = desk("phe.duyet", "Trần Thị Nhì").join(admin.invite("organiser"))
    wait_until(organiser.page, closes_at + timedelta(seconds=6))
    close_first_week(organiser)
    award(organiser, second)

    for phone in phones:
        phone.goto("/")
        phone.get_by_role("link", name="Xem danh sách được giải").click()
        expect(phone.get_by_role("heading", name="Giải Nhất tuần 1")).to_be_visible()
        for person in (AN, BINH):
            expect(phone.get_by_text(person.name, exact=True)).to_be_visible()


def now() -> datetime:
    """The contest's clocks."""
    return datetime.now(ZONE)


def wait_until(page: Page, at: datetime) -> None:
    """Let the time pass that the contest needs."""
    page.wait_for_timeout(max(0.0, 1000 * (at - now()).total_seconds()))


def set_up(organiser: StaffDesk) -> None:
    page = organiser.page
    page.goto("/quan-tri/hoi-thi/moi")
    page.get_by_label("Bắt đầu từ").select_option("hai-phong-2025")
    page.get_by_label("Tên hội thi").fill("Hội thi chỉ bằng trình duyệt")
    page.get_by_label("Tên ngắn").fill("Hội thi trình duyệt")
    page.get_by_label("Tên đường dẫn").fill("trinh-duyet")
    page.get_by_label("Mã hội thi").fill("TD")
    page.get_by_label("Ngày đầu tiên").fill(f"{now() + timedelta(days=1):%d/%m/%Y}")
    page.get_by_label("Lấy cả danh sách đơn vị").uncheck()
    page.get_by_label("Lấy cả ngân hàng câu hỏi").uncheck()
    organiser.confirm("Lập hội thi")
    expect(page.get_by_text(re.compile("^Đã lập “Hội thi chỉ bằng trình duyệt” với 0 đơn vị"))).to_be_visible()


def write_questions(page: Page) -> None:
    body = workbook_of(QUESTIONS)
    page.goto("/quan-tri/cau-hoi/nhap")
    page.get_by_label("Tệp câu hỏi").set_input_files({"name": "120.xlsx", "mimeType": XLSX, "buffer": body})
    page.get_by_role("button", name="Tải lên và xem trước").click()
    page.get_by_role("button", name=f"Nhập {QUESTIONS} câu").click()
    expect(page.get_by_text(f"Đã nhập {QUESTIONS} câu thành bản nháp.")).to_be_visible()


def approve_questions(page: Page) -> None:
    page.goto("/quan-tri/cau-hoi")
    page.get_by_label(f"Chọn cả {QUESTIONS} câu").check()
    page.get_by_label("Việc cần làm").select_option("approved")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text(f"Đã duyệt {QUESTIONS} câu.")).to_be_visible()


def bring_units(page: Page) -> None:
    columns = [Column(name, 20) for name in ("Mã", "Tên đơn vị", "Khối", "Số người")]
    body = workbook(Sheet("Đơn vị", "", columns, UNITS, note_row=False))
    page.goto("/quan-tri/don-vi")
    page.locator("#units-file").set_input_files({"name": "don-vi.xlsx", "mimeType": XLSX, "buffer": body})
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.get_by_text(re.compile(f"^Đã ghi. {len(UNITS)} dòng thêm"))).to_be_visible()


def write_rules(organiser: StaffDesk) -> None:
    """Four weeks of a day each, the first one open; five questions of the bank that was imported."""
    page, begins = organiser.page, now()
    page.goto("/quan-tri/hoi-thi/the-le?muc=tuan")
    for week in range(1, WEEKS + 1):
        page.locator(f"#opens_at-{week}").fill(f"{begins + timedelta(days=week - 1):%d/%m/%Y %H:%M}")
        page.locator(f"#closes_at-{week}").fill(f"{begins + timedelta(days=week):%d/%m/%Y %H:%M}")
    save_draft(page)
    page.goto("/quan-tri/hoi-thi/the-le?muc=de-thi")
    page.get_by_label("Thời gian làm bài (phút)").fill("20")
    counts = page.locator("input[name^=count-]")
    for line in range(counts.count()):
        counts.nth(line).fill(str(ON_A_PAPER) if line == 0 else "")
    page.get_by_label("Chủ đề 1", exact=True).select_option("")
    page.get_by_label("Độ khó 1", exact=True).select_option("")
    save_draft(page)
    expect(page.get_by_text("Ngân hàng đủ để ra đề.")).to_be_visible()
    publish_rules(organiser, "Lịch bốn tuần và cơ cấu đề", version=2)


def save_draft(page: Page) -> None:
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp")).to_be_visible()


def publish_rules(organiser: StaffDesk, note: str, *, version: int) -> None:
    page = organiser.page
    page.goto("/quan-tri/hoi-thi/the-le?muc=cong-bo")
    page.get_by_label("Ghi chú công khai").fill(note)
    organiser.confirm("Công bố phiên bản mới")
    expect(page.get_by_text(f"Đã công bố phiên bản {version}.")).to_be_visible()


def give_extra_time(page: Page, person: Newcomer) -> None:
    page.goto("/quan-tri/thi-sinh")
    page.get_by_label(re.compile("^Tìm tên")).fill(person.name)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name=person.name).click()
    page.locator("details.deed summary", has_text="Đặt thời gian thêm").click()
    page.get_by_label("Số phút thêm").fill("10")
    page.locator("#reason-extra").fill("Người dự thi khuyết tật vận động")
    page.get_by_role("button", name="Lưu thời gian thêm").click()
    expect(page.get_by_text("Đã đặt thời gian thêm: 10 phút mỗi bài.")).to_be_visible()


def take_paper(phone: Page, *, minutes: int) -> None:
    """The week's paper; the clock says how long this person has."""
    quiz = QuizPage(phone).open().begin()
    clock = phone.get_by_role("timer").inner_text()
    assert minutes - 1 <= int(re.findall(r"\d\d", clock)[0]) <= minutes
    quiz.answer_all(ON_A_PAPER)
    assert re.fullmatch(r"TD-W1-[A-Z0-9]{6}-\d\d", quiz.hand_in().receipt())


def end_first_week(organiser: StaffDesk) -> datetime:
    """Bring the end of week 1 forward to the next full minute that can still be published."""
    page = organiser.page
    page.goto("/quan-tri/hoi-thi/the-le?muc=tuan")
    closes_at = (now() + timedelta(seconds=20)).replace(second=0, microsecond=0) + MINUTE
    page.locator("#closes_at-1").fill(f"{closes_at:%d/%m/%Y %H:%M}")
    save_draft(page)
    publish_rules(organiser, "Tuần 1 kết thúc sớm", version=3)
    return closes_at


def look_at_questions(page: Page) -> None:
    page.goto("/quan-tri")
    page.get_by_role("link", name="Phân tích câu hỏi").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_contain_text(re.compile(r"N\d{4}"))
    table.get_by_role("link").filter(has_text=re.compile(r"N\d{4}")).first.click()
    expect(page.get_by_text("Chưa đủ bài").first).to_be_visible()


def close_first_week(organiser: StaffDesk) -> None:
    page = organiser.page
    page.goto("/quan-tri/ket-qua?bang=1")
    page.get_by_role("button", name="Tính từ bài làm gốc").click()
    expect(page.get_by_text("khớp với câu trả lời gốc ở mọi bài")).to_be_visible()
    organiser.confirm("Chốt kết quả")
    expect(page.get_by_text("Đã chốt Tuần 1, bản 1.")).to_be_visible()


def award(organiser: StaffDesk, second: StaffDesk) -> None:
    page = organiser.page
    page.goto("/quan-tri/giai-thuong?bang=1")
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.get_by_text("Người thứ hai xem và xác nhận.")).to_be_visible()
    second.page.goto("/quan-tri/giai-thuong?bang=1")
    second.confirm("Xác nhận danh sách")
    expect(second.page.get_by_text("Đã xác nhận danh sách.")).to_be_visible()
    page.goto("/quan-tri/giai-thuong?bang=1")
    organiser.confirm("Công bố danh sách")
    expect(page.get_by_text("Đã công bố danh sách Tuần 1, bản 1.")).to_be_visible()
