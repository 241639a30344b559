"""The question bank in browsers: 120 questions by xlsx, a second person, an edit with its differences, files out."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc_app.contest.access import Role
from cchc_app.data.crypto import keyring, load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.services.question_files import parse_file
from cchc_app.settings import Settings
from tests.e2e.test_accessibility import violations
from tests.live_site import LiveSite
from tests.questions import workbook_of
from tests.staff import make_staff

DESK = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}


@pytest.fixture
def desk(new_phone: Callable[..., Page], site: LiveSite) -> Iterator[Callable[..., Page]]:
    """Opens desks of newly made members of the staff."""
    before = keyring()
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    db = Database(site.environment["CCHC_DATABASE_URL"])

    def open_desk(role: Role = Role.QUESTION_EDITOR, **options: object) -> Page:
        one = make_staff(db, role, now=datetime.now(UTC))
        page = new_phone(**{**DESK, **options})
        page.context.add_cookies([{"name": "cchc_bqt", "value": one.token, "url": site.url}])
        return page

    yield open_desk
    db.dispose()
    use_keyring(before)


def upload(page: Page, name: str, body: bytes) -> None:
    page.goto("/quan-tri/cau-hoi/nhap")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": body}
    page.get_by_label("Tệp câu hỏi").set_input_files(file)
    page.get_by_role("button", name="Tải lên và xem trước").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_from_a_file_to_approved_questions_and_back(desk: Callable[..., Page], tmp_path: Path) -> None:
    an, binh = desk(), desk()
    upload(an, "120.xlsx", workbook_of(120, topic=""))
    an.get_by_role("button", name="Nhập 120 câu").click()
    expect(an.get_by_text("Chưa có chủ đề. Bạn chọn")).to_be_visible()
    an.get_by_label("Chủ đề").fill("Câu nhập thử")
    an.get_by_role("button", name="Nhập 120 câu").click()
    expect(an.get_by_text("Đã nhập 120 câu thành bản nháp.")).to_be_visible()
    an.goto("/quan-tri/cau-hoi/nhap")
    expect(an.get_by_role("row", name=re.compile("120.xlsx Đã nhập"))).to_be_visible()

    # Whoever brought them cannot approve them.
    address = "/quan-tri/cau-hoi?chu-de=C%C3%A2u+nh%E1%BA%ADp+th%E1%BB%AD"
    for page, said in ((an, "Các câu giữ nguyên"), (binh, "Đã duyệt 120 câu.")):
        page.goto(address)
        expect(page.get_by_text("120 trong")).to_be_visible()
        page.get_by_label("Chọn cả 120 câu").check()
        page.get_by_label("Việc cần làm").select_option("approved")
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("button", name="Xác nhận").click()
        expect(page.get_by_text(said)).to_be_visible()

    # Found without accents; an edit is a version of its own, its differences in words.
    binh.get_by_label("Tìm theo mã").fill("cau hoi so 77 ")
    binh.get_by_role("button", name="Tìm", exact=True).click()
    binh.get_by_role("link", name="N0077").click()
    expect(binh.get_by_label("Lời câu hỏi")).to_have_value("Câu hỏi số 77 nói về điều gì?")
    binh.get_by_label("Lời câu hỏi").fill("Câu hỏi số 77 hỏi về điều gì?")
    binh.get_by_label("C là đáp án đúng").check()
    binh.get_by_role("button", name="Lưu", exact=True).click()
    expect(binh.get_by_text("Đã lưu thành bản mới, chờ người thứ hai duyệt.")).to_be_visible()
    expect(binh.get_by_role("deletion").first).to_have_text(re.compile("nói"))
    expect(binh.get_by_role("insertion").first).to_have_text(re.compile("hỏi"))
    expect(binh.get_by_text("Bạn viết bản mới nhất nên người khác phải duyệt.")).to_be_visible()
    binh.get_by_role("button", name="Xem phần trả lời").click()
    expect(binh.locator(".phone-frame .option-right")).to_have_count(2)
    an.goto("/quan-tri/cau-hoi/N0077")
    an.get_by_role("button", name="Duyệt bản này").click()
    expect(an.get_by_text("Đã duyệt 1 câu.")).to_be_visible()

    # What is taken away is what is filtered, and it can be read again.
    an.goto(address)
    for kind in ("xlsx", "GIFT", "Moodle XML"):
        with an.expect_download() as coming:
            an.get_by_role("link", name=f"Xuất {kind}").click()
        target = tmp_path / coming.value.suggested_filename
        coming.value.save_as(target)
        found = parse_file(target.name, target.read_bytes())
        assert (len(found.rows), found.errors) == (120, ())
        assert {one.code: one.key for one in found.rows}["N0077"] == (1, 2)


def test_a_bad_file_is_told_row_by_row_and_dropped(desk: Callable[..., Page]) -> None:
    page = desk()
    lines = ["Mã,Câu hỏi,Phương án A,Phương án B,Đáp án đúng", "7,Một?,a,b,A", "100,Hai?,a,b,F"]
    upload(page, "loi.csv", "\n".join(lines).encode("utf-8-sig"))
    expect(page.get_by_role("row", name=re.compile("3 Đáp án đúng"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Nhập "))).to_have_count(0)
    page.get_by_role("button", name="Đồng ý sửa").click()
    expect(page.get_by_text("Đã sửa")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Câu hỏi ")).click()
    expect(page.get_by_role("cell", name="007")).to_be_visible()
    page.get_by_role("button", name="Bỏ lần nhập này").click()
    expect(page.get_by_text("Lần nhập này đã bỏ.")).to_be_visible()


def test_a_file_that_is_too_large_stays_here(desk: Callable[..., Page], tmp_path: Path) -> None:
    page = desk()
    large = tmp_path / "lon.xlsx"
    large.write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    page.goto("/quan-tri/cau-hoi/nhap")
    page.get_by_label("Tệp câu hỏi").set_input_files(large)
    page.get_by_role("button", name="Tải lên và xem trước").click()
    said = page.get_by_label("Tệp câu hỏi").evaluate("field => field.validationMessage")
    assert said.startswith("Tệp lớn hơn 20 MB.")
    assert page.url.endswith("/nhap")


def test_an_auditor_reads_and_a_judge_does_not(desk: Callable[..., Page]) -> None:
    auditor, judge = desk(Role.AUDITOR), desk(Role.JUDGE)
    auditor.goto("/quan-tri/cau-hoi/Q001")
    expect(auditor.get_by_text("Vai trò của bạn được đọc ngân hàng câu hỏi, không sửa.")).to_be_visible()
    expect(auditor.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)
    judge.goto("/quan-tri/cau-hoi")
    expect(judge.get_by_text("Bạn không có quyền mở trang này")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(desk: Callable[..., Page], scheme: str) -> None:
    page = desk(color_scheme=scheme)
    wrong = []
    for path in ("/quan-tri/cau-hoi", "/quan-tri/cau-hoi/nhap"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(500)
        wrong += violations(page)
    page.goto("/quan-tri/cau-hoi/Q002")
    page.get_by_label("Giải thích").fill("Nghị quyết của Chính phủ.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    wrong += violations(page)
    upload(page, f"{scheme}.xlsx", workbook_of(2, pool="", code=""))
    expect(page.get_by_role("button", name="Nhập 2 câu")).to_be_visible()
    wrong += violations(page)
    assert wrong == []
