"""The slogan round on real phones: code, draft, hand in, replace, withdraw, the deadline; two tabs; refusals."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.representatives import end_terms, running_term
from cchc_app.data.tables import Slogan, SloganException, Unit
from cchc_app.settings import Settings
from tests.e2e.slogan_pages import SloganPage, as_person, close_at, versions, writer
from tests.e2e.test_accessibility import violations
from tests.live_site import LiveSite
from tests.slogan_counter import CASES
from tests.writers import GOOD, OTHER, add_to_unit, new_code


@pytest.fixture
def db(site: LiveSite) -> Iterator[Database]:
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    database = Database(site.environment["CCHC_DATABASE_URL"])
    yield database
    database.dispose()


@pytest.fixture
def unit(db: Database) -> str:
    """A unit without a slogan and without a representative."""
    with db.read() as session:
        taken = select(Slogan.unit_id)
        return (
            session.exec(
                select(Unit.code).where(col(Unit.id).not_in(taken)).order_by(col(Unit.position).desc())
            ).first()
            or ""
        )


def draft_text(db: Database, unit: str) -> str:
    with db.read() as session:
        return (
            session.exec(
                select(Slogan.draft_text).join(Unit, col(Unit.id) == Slogan.unit_id).where(Unit.code == unit)
            ).first()
            or ""
        )


def test_from_a_scanned_code_to_a_second_slogan(new_phone: Callable[..., Page], db: Database, unit, base_url) -> None:
    now = datetime.now(UTC)
    [person] = add_to_unit(db, 1, unit=unit, now=now)
    phone, code = new_phone(), new_code(db, unit=unit, now=now)
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.goto(f"/khau-hieu/ma#{code}")  # not signed in yet: the code waits in this tab
    expect(phone.get_by_text("Bạn đăng nhập, rồi mã vừa quét được điền sẵn.")).to_be_visible()
    as_person(phone, person, base_url)
    phone.goto("/khau-hieu/ma")
    expect(phone.get_by_label("Mã của đơn vị")).to_have_value(code)
    phone.get_by_role("button", name="Nhận vai trò đại diện").click()
    phone.wait_for_url(re.compile("/khau-hieu$"))
    assert [url for url in requests if code in url] == []

    page = SloganPage(phone)
    page.write(GOOD)
    expect(page.count).to_have_text("16")
    expect(page.verdict).to_have_text("Đạt yêu cầu")
    page.saved()
    assert draft_text(db, unit) == GOOD
    page.hand_in()
    expect(phone.get_by_text("Đã gửi khẩu hiệu.")).to_be_visible()
    expect(page.handed_in()).to_contain_text(GOOD)
    expect(page.handed_in().get_by_text(re.compile(r"^HP25-KH-\w{6}-\d\d$"))).to_be_visible()

    phone.get_by_role("button", name="Sửa và gửi lại").click()
    page.write(OTHER)
    page.hand_in()
    expect(page.handed_in()).to_contain_text(OTHER)
    phone.get_by_role("button", name="Rút khẩu hiệu").click()
    phone.get_by_role("button", name="Xác nhận rút").click()
    expect(phone.get_by_text("Đã rút khẩu hiệu.")).to_be_visible()
    expect(page.text).to_have_value(OTHER)
    page.hand_in()
    expect(page.handed_in()).to_contain_text(OTHER)
    phone.get_by_text("Các lần gửi và rút (4)").click()
    expect(phone.get_by_text(re.compile(r"^Lần \d: (gửi|rút)$"))).to_have_text(
        ["Lần 4: gửi", "Lần 3: rút", "Lần 2: gửi", "Lần 1: gửi"]
    )
    assert versions(db, unit) == [
        ("submitted", GOOD),
        ("submitted", OTHER),
        ("withdrawn", OTHER),
        ("submitted", OTHER),
    ]
    assert violations(phone) == []
    phone.goto("/don-vi")
    expect(phone.get_by_text(OTHER)).to_be_visible()
    assert violations(phone) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("một " * 9, "Khẩu hiệu có 9 tiếng, cần từ 10 đến 20 tiếng. Bạn viết thêm ít nhất 1 tiếng."),
        ("một " * 21, "Khẩu hiệu có 21 tiếng, cần từ 10 đến 20 tiếng. Bạn bớt ít nhất 1 tiếng."),
        ("… — “ ” 😀", "Khẩu hiệu này chỉ có dấu câu hoặc ký hiệu."),
        ("một " * 1250, "Khẩu hiệu dài 4999 ký tự, nhiều nhất là 300."),
        (f"{GOOD} https://haiphong.gov.vn", "Khẩu hiệu không được có liên kết"),
        ("Đơn vị\tKhẩu hiệu\nSở Y tế\tTận tâm", "Phần vừa dán giống một bảng"),
        (f"{GOOD}\u001b[0m", "Khẩu hiệu có ký tự điều khiển"),
        ("", "Bạn chưa viết khẩu hiệu."),
    ],
    ids=["9 words", "21 words", "signs", "5000 characters", "link", "table", "control characters", "nothing"],
)
def test_refused_with_a_sentence(
    new_phone: Callable[..., Page], db: Database, unit: str, base_url: str, text: str, said: str
) -> None:
    page = SloganPage(as_person(new_phone(), writer(db, unit), base_url)).open()
    page.write(text)
    page.send.click()
    expect(page.page.locator("#text-error")).to_contain_text(said)
    expect(page.text).to_be_focused()
    expect(page.text).to_have_value(text)  # nothing typed is lost
    expect(page.page.get_by_role("dialog")).to_have_count(0)
    assert versions(db, unit) == []


def test_a_missing_author(new_phone: Callable[..., Page], db: Database, unit: str, base_url: str) -> None:
    page = SloganPage(as_person(new_phone(), writer(db, unit), base_url)).open()
    page.write(GOOD, author="")
    page.send.click()
    expect(page.page.locator("#author-error")).to_contain_text("Bạn chưa ghi tác giả.")


def test_two_people_at_once(new_phone: Callable[..., Page], db: Database, unit: str, base_url: str) -> None:
    first, second = (SloganPage(as_person(new_phone(), writer(db, unit), base_url)).open() for _ in range(2))
    first.write(GOOD)
    first.saved()
    second.write(OTHER)
    conflict = second.page.get_by_role("alert").filter(has_text="Có hai bản khác nhau")
    expect(conflict).to_contain_text(GOOD)
    expect(second.text).to_have_value(OTHER)
    assert draft_text(db, unit) == GOOD  # nothing was overwritten
    conflict.get_by_role("button", name="Giữ bản của tôi").click()
    second.saved()
    assert draft_text(db, unit) == OTHER
    first.text.fill(f"{GOOD} nhé")
    conflict = first.page.get_by_role("alert").filter(has_text="Có hai bản khác nhau")
    expect(conflict).to_contain_text(OTHER)
    conflict.get_by_role("button", name="Dùng bản kia").click()
    expect(first.text).to_have_value(OTHER)
    first.saved()
    first.hand_in()
    assert versions(db, unit) == [("submitted", OTHER)]


def test_typing_costs_one_event_and_keeps_the_caret(
    new_phone: Callable[..., Page], db: Database, unit: str, base_url: str
) -> None:
    phone = as_person(new_phone(), writer(db, unit), base_url)
    sent: list[str] = []
    phone.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    page = SloganPage(phone).open()
    expect(page.count).to_have_text("0")
    page.text.press_sequentially("Cải cách hành chính", delay=30)
    sent.clear()
    page.text.press("Home")
    page.text.press_sequentially("Vì dân ", delay=60)
    expect(page.count).to_have_text("6")
    page.saved()
    events = [frame for frame in sent if "save_draft" in frame]
    assert len([frame for frame in sent if frame.startswith("42/_event")]) == len(events) == 1
    page.text.press_sequentially("phục vụ ", delay=60)
    expect(page.text).to_have_value("Vì dân phục vụ Cải cách hành chính")
    expect(page.text).to_be_focused()


def test_the_table_of_words_in_the_browser(new_phone: Callable[..., Page], db: Database, unit, base_url) -> None:
    page = SloganPage(as_person(new_phone(), writer(db, unit), base_url)).open()
    expect(page.count).to_have_text("0")
    counted = page.page.evaluate(
        "texts => texts.map((text) => window.cchcSlogan.tokens(text).length)", [case["text"] for case in CASES]
    )
    assert [case for case, words in zip(CASES, counted, strict=True) if words != case["words"]] == []


def test_what_could_not_be_saved_is_there_after_a_reload(
    new_phone: Callable[..., Page], db: Database, unit: str, base_url: str, complaints: list[str]
) -> None:
    page = SloganPage(as_person(new_phone(), writer(db, unit), base_url)).open()
    page.write("Bản đã lưu")
    page.saved()
    page.page.context.set_offline(True)
    page.text.fill("Bản chưa lưu được")
    page.page.wait_for_timeout(500)
    assert draft_text(db, unit) == "Bản đã lưu"
    page.page.goto("about:blank")
    page.page.context.set_offline(False)
    complaints.clear()
    page.open()
    expect(page.text).to_have_value("Bản chưa lưu được")
    page.saved()
    assert draft_text(db, unit) == "Bản chưa lưu được"
    complaints.clear()


def test_a_dismissed_representative_with_an_open_page(
    new_phone: Callable[..., Page], db: Database, unit: str, base_url: str
) -> None:
    person = writer(db, unit)
    page = SloganPage(as_person(new_phone(), person, base_url)).open()
    page.write(GOOD)
    page.saved()
    page.text.fill(f"{GOOD} hơn")
    with db.write() as session:
        term = running_term(session, person.id)
        assert term is not None
        end_terms(session, [term.id or 0], ended_by="an", now=datetime.now(UTC))
    expect(page.page.get_by_text("Bạn không hoặc không còn là người đại diện")).to_be_visible()
    expect(page.page.get_by_text("CCHC-505")).to_be_visible()
    expect(page.send).to_be_hidden()
    expect(page.text).to_have_value(f"{GOOD} hơn")
    page.page.goto("/don-vi")
    expect(page.page.get_by_role("heading", name="Trang của người đại diện đơn vị")).to_be_visible()


def test_a_code_of_another_unit(new_phone: Callable[..., Page], db: Database, unit: str, base_url: str) -> None:
    now = datetime.now(UTC)
    code = new_code(db, unit=unit, now=now)
    [stranger] = add_to_unit(db, 1, unit="10507", now=now)
    phone = as_person(new_phone(), stranger, base_url)
    phone.goto("/khau-hieu/ma")
    phone.get_by_label("Mã của đơn vị").fill(code)
    phone.get_by_role("button", name="Nhận vai trò đại diện").click()
    expect(phone.get_by_text("Mã này là của một đơn vị khác")).to_be_visible()
    expect(phone.get_by_label("Mã của đơn vị")).to_have_value(code)


def test_the_page_closes_by_itself(new_phone: Callable[..., Page], db: Database, unit: str, base_url: str) -> None:
    """Last, in a round that has been moved: nobody else of this site writes afterwards."""
    person, before = writer(db, unit), datetime.now(UTC) + timedelta(seconds=14)
    before = before.replace(microsecond=0)
    usual = close_at(db, before)
    try:
        phone = as_person(new_phone(), person, base_url)
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = SloganPage(phone).open()
        page.write(GOOD)
        page.hand_in()
        phone.get_by_role("button", name="Sửa và gửi lại").click()
        left = (before - datetime.now(UTC)).total_seconds()
        assert left > 1
        phone.wait_for_timeout(max(0, int((left - 0.4) * 1000)))
        page.text.fill(OTHER)  # too late for the pause after typing
        expect(phone.get_by_text("Đã hết hạn nhận khẩu hiệu", exact=True)).to_be_visible()
        expect(page.handed_in()).to_contain_text(GOOD)
        expect(page.text).to_have_value(OTHER)
        expect(page.text).not_to_be_editable()
        expect(page.send).to_be_hidden()
        expect(phone.get_by_role("button", name="Rút khẩu hiệu")).to_have_count(0)
        phone.get_by_role("button", name="Chép phần đang viết").click()
        expect(phone.get_by_role("status").filter(has_text="Đã chép")).to_have_count(1)
        assert phone.evaluate("navigator.clipboard.readText()") == OTHER
        assert versions(db, unit) == [("submitted", GOOD)]
        page.open()  # read-only from the start
        expect(page.handed_in()).to_contain_text(GOOD)
        expect(phone.get_by_role("button", name="Sửa và gửi lại")).to_have_count(0)
        expect(page.send).to_be_hidden()
        grant_more_time(db, unit)
        page.open()
        expect(phone.get_by_role("button", name="Sửa và gửi lại")).to_be_visible()
    finally:
        close_at(db, usual)


def grant_more_time(db: Database, unit: str) -> None:
    with db.write() as session:
        unit_id = session.exec(select(Unit.id).where(Unit.code == unit)).one() or 0
        now = datetime.now(UTC)
        session.add(
            SloganException(
                unit_id=unit_id, closes_at=now + timedelta(hours=1), reason="Bão", granted_by="an", granted_at=now
            )
        )


def test_a_visitor_learns_what_the_round_is(page: Page, base_url: str) -> None:
    page.goto("/khau-hieu")
    expect(page.get_by_text("Người đại diện đăng nhập rồi nhập mã của đơn vị")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Đăng nhập").last.click()
    page.wait_for_url(re.compile("/dang-nhap"))
    assert urlparse(page.url).query == "tiep=/khau-hieu"
