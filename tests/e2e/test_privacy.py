"""Own devices and own data on a real phone; a session ended elsewhere leaves the open page by itself."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from cchc_app.data.engine import Database
from cchc_app.data.tables import Consent
from tests.e2e.pages import QuizPage, RegisterPage, SignInPage
from tests.e2e.test_accessibility import violations
from tests.e2e.test_main_job import newcomer
from tests.live_site import LiveSite

PAGES_UNDER_POLICY = ("/", "/dang-nhap", "/thi", "/xep-hang", "/the-le", "/tai-khoan", "/ket-qua/x", "/khong-co")


def test_an_open_page_leaves_within_seconds_when_its_session_is_ended_elsewhere(new_phone: Callable[..., Page]) -> None:
    person, phone, other = newcomer(), new_phone(), new_phone()
    RegisterPage(phone).open().register(person)
    SignInPage(other).open().sign_in(person.number, person.pin)
    other.wait_for_url(re.compile("/thi$"))
    QuizPage(other).begin()
    phone.goto("/tai-khoan")
    ended = phone.get_by_role("button", name=re.compile("^Đăng xuất thiết bị"))
    expect(ended).to_have_count(1)
    expect(phone.get_by_text("Thiết bị này")).to_be_visible()
    ended.click()
    pressed = time.monotonic()
    other.wait_for_url(re.compile("/dang-nhap"))
    assert time.monotonic() - pressed < 5
    expect(other.get_by_text("CCHC-251")).to_be_visible()
    expect(other.get_by_role("radio")).to_have_count(0)
    expect(ended).to_have_count(0)
    phone.reload()  # this one is still signed in
    expect(phone.get_by_role("heading", name=person.name)).to_be_visible()


def test_a_tab_that_came_back_after_a_lost_line_is_reached_too(new_phone: Callable[..., Page], complaints) -> None:
    person, phone, other = newcomer(), new_phone(), new_phone()
    RegisterPage(phone).open().register(person)
    SignInPage(other).open().sign_in(person.number, person.pin)
    other.wait_for_url(re.compile("/thi$"))
    other.context.set_offline(True)
    other.wait_for_timeout(1000)
    other.context.set_offline(False)
    other.wait_for_timeout(3000)
    phone.goto("/tai-khoan")
    phone.get_by_role("button", name=re.compile("^Đăng xuất thiết bị")).click()
    other.wait_for_url(re.compile("/dang-nhap"))
    complaints.clear()  # the cut line


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_s_data_seen_taken_along_and_asked_about(
    new_phone: Callable[..., Page], scheme: str, tmp_path: Path
) -> None:
    person, page = newcomer(), new_phone(color_scheme=scheme)
    RegisterPage(page).open().register(person)
    page.goto("/tai-khoan")
    page.get_by_role("link", name="Dữ liệu của tôi").click()
    expect(page.get_by_text(person.name, exact=True)).to_be_visible()
    assert person.number not in page.content()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Tải tệp dữ liệu").click()
    downloading.value.save_as(tmp_path / "own.json")
    own = json.loads((tmp_path / "own.json").read_text("utf-8"))
    assert (own["full_name"], own["consents"][0]["purpose"]) == (person.name, "participation")
    assert person.number not in json.dumps(own)
    page.get_by_role("button", name="Gửi yêu cầu sửa").click()
    expect(page.get_by_text("Bạn chưa viết cần sửa gì.")).to_be_visible()
    page.get_by_label("Thông tin nào sai").fill("Tên đệm là Thu")
    page.get_by_role("button", name="Gửi yêu cầu sửa").click()
    expect(page.get_by_text("Đã ghi nhận yêu cầu.")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Rút lại sự đồng ý", exact=True).first.click()
    page.get_by_role("button", name="Rút lại sự đồng ý và yêu cầu xóa").click()
    expect(page.get_by_text("Bạn đã rút lại sự đồng ý.")).to_be_visible()
    page.get_by_role("link", name="Đồng ý trở lại").click()
    expect(page.get_by_role("button", name="Đồng ý và tiếp tục")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Đồng ý và tiếp tục").click()
    page.wait_for_url(re.compile("/tai-khoan/du-lieu$"))
    expect(page.get_by_text("Đã hủy")).to_be_visible()


def test_a_new_notice_is_asked_for_at_the_next_sign_in(site: LiveSite, page: Page) -> None:
    person = newcomer()
    RegisterPage(page).open().register(person)
    page.goto("/tai-khoan")
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page.get_by_role("link", name="Đăng nhập", exact=True)).to_be_visible()
    db = Database(site.environment["CCHC_DATABASE_URL"])
    with db.write() as session:
        session.execute(update(Consent).where(col(Consent.version) != "0").values(version="0"))
    db.dispose()
    SignInPage(page).open().sign_in(person.number, person.pin)
    page.wait_for_url(re.compile("/dong-y"))
    page.get_by_role("button", name="Đồng ý và tiếp tục").click()
    page.wait_for_url(re.compile("/thi$"))


@pytest.mark.parametrize("path", PAGES_UNDER_POLICY)
def test_pages_run_under_their_policy(page: Page, complaints: list[str], path: str) -> None:
    """What the policy forbids does not happen, what the page needs does."""
    answer = page.goto(path)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    expect(page.get_by_role("contentinfo").get_by_text("Đang trực tuyến")).to_be_visible()
    complaints[:] = [text for text in complaints if "404" not in text]
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.hurt = 1'}))")
    assert page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in text for text in complaints)
    complaints.clear()
