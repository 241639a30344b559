"""The first administrator on a tablet: from the link `cchc create-admin` prints to the audit log, with real codes."""

import re
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accessibility import violations
from tests.live_site import ROOT, LiveSite
from tests.staff import PASSWORD

TABLET = {"viewport": {"width": 834, "height": 1112}, "device_scale_factor": 1, "has_touch": True, "is_mobile": False}
STEP = timedelta(seconds=30)
SENDING_SECONDS = 8


def invitation(site: LiveSite) -> str:
    """The link the command prints."""
    command = [*site.command[:-1], "create-admin"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return re.findall(r"http://\S+/quan-tri/loi-moi/\S+", done.stdout)[0]


def join(page: Page, site: LiveSite, username: str) -> tuple[pyotp.TOTP, str]:
    """Accept an invitation; the authenticator app and one recovery code."""
    page.goto(invitation(site))
    secret = page.locator("code.enrol-secret").inner_text().replace(" ", "")
    app = pyotp.TOTP(secret)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    # The code of the step before still counts; later ones are left for the door and for a deed.
    page.get_by_label("Mã xác thực").fill(_code_of_the_step_before(page, app))
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_role("heading", name="Mã dự phòng của bạn")).to_be_visible()
    return app, page.locator(".recovery-codes code").first.inner_text()


def _code_of_the_step_before(page: Page, app: pyotp.TOTP) -> str:
    left = STEP.total_seconds() - time.time() % STEP.total_seconds()
    if left < SENDING_SECONDS:
        page.wait_for_timeout(1000 * (left + 0.1))  # it would be two steps old on arrival
    return app.at(datetime.now(UTC) - STEP)


def sign_in(page: Page, username: str, code: str) -> None:
    """Both steps of the door."""
    page.goto("/quan-tri/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã xác thực").fill(code)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(re.compile("/quan-tri$"))


def test_the_first_administrator(new_phone: Callable[..., Page], site: LiveSite) -> None:
    page = new_phone(**TABLET)
    app, _ = join(page, site, "lan.nguyen")
    page.get_by_role("link", name="Tôi đã lưu mã, đăng nhập").click()
    sign_in(page, "lan.nguyen", app.now())
    cookie = next(one for one in page.context.cookies() if one["name"] == "cchc_bqt")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    expect(page.get_by_role("heading", name="Tổng quan", level=1)).to_be_visible()
    expect(page.get_by_text("Đọc nhật ký")).to_be_visible()

    page.get_by_role("link", name="Nhân sự").click()
    page.get_by_label("Vai trò").select_option("judge")
    page.locator("#code-invite").fill(app.at(datetime.now(UTC) + STEP))
    page.get_by_role("button", name="Tạo lời mời").click()
    expect(page.get_by_text(re.compile(r"http://\S+/quan-tri/loi-moi/\S+"))).to_be_visible()
    expect(page.get_by_role("button", name="Thu hồi")).to_be_visible()

    page.get_by_role("link", name="Nhật ký").click()
    table = page.get_by_role("table", name="Nhật ký, mới nhất trước")
    expect(table.get_by_role("row").nth(1)).to_contain_text("Mời nhân sự")
    expect(table).to_contain_text("lan.nguyen")
    page.get_by_label("Tìm trong nhật ký").fill("staff_joined")
    page.get_by_role("button", name="Tìm").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Nhận lời mời")

    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(re.compile("/quan-tri/dang-nhap"))
    page.goto("/quan-tri/nhat-ky")
    page.wait_for_url(re.compile("/quan-tri/dang-nhap"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_staff_are_accessible(new_phone: Callable[..., Page], site: LiveSite, scheme: str) -> None:
    page = new_phone(**TABLET, color_scheme=scheme)
    page.goto(invitation(site))
    expect(page.locator("code.enrol-secret")).to_be_visible()
    wrong = violations(page)
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.locator("#username-error")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    wrong += violations(page)
    page = new_phone(**TABLET, color_scheme=scheme)  # another person: another invitation, another tab
    _, recovery = join(page, site, f"nguoi.{scheme}")
    wrong += violations(page)
    page.goto("/quan-tri/dang-nhap")
    wrong += violations(page)
    sign_in(page, f"nguoi.{scheme}", recovery)
    wrong += violations(page)
    page.goto("/quan-tri/nhan-su")
    page.get_by_role("button", name=f"Quản lý nguoi.{scheme}").click()
    expect(page.get_by_role("button", name="Khóa tài khoản")).to_be_visible()
    page.get_by_role("button", name="Khóa tài khoản").click()
    expect(page.get_by_text("CCHC-232")).to_be_visible()
    wrong += violations(page)
    page.goto("/quan-tri/nhat-ky")
    expect(page.get_by_role("table")).to_be_visible()
    wrong += violations(page)
    assert wrong == []
