"""Members of the staff who have only a browser and an authenticator app: they accept a link, sign in, give codes."""

import re
import time
from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from tests.staff import PASSWORD

STEP_SECONDS = 30
# A code that is about to be two steps old when it arrives is not sent.
SENDING_SECONDS = 5


class StaffDesk:
    """One member of the staff at a desk.

    Args:
        page: The browser.
        username: What the account will be called.
        name: The person's name.
    """

    def __init__(self, page: Page, username: str, name: str) -> None:
        self.page, self.username, self.name = page, username, name
        self._app: TOTP | None = None
        self._last_step = 0
        self._recovery: list[str] = []

    def join(self, link: str) -> "StaffDesk":
        """Accept an invitation and sign in."""
        page = self.page
        page.goto(link)
        self._app = TOTP(page.locator("code.enrol-secret").inner_text().replace(" ", ""))
        page.get_by_label("Tên đăng nhập").fill(self.username)
        page.get_by_label("Họ và tên").fill(self.name)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
        page.get_by_label("Mã xác thực").fill(self.code())
        page.get_by_role("button", name="Tạo tài khoản").click()
        expect(page.get_by_role("heading", name="Mã dự phòng của bạn")).to_be_visible()
        self._recovery = page.locator(".recovery-codes code").all_inner_texts()
        page.get_by_role("link", name="Tôi đã lưu mã, đăng nhập").click()
        page.get_by_label("Tên đăng nhập").fill(self.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_label("Mã xác thực").fill(self.code())
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(re.compile("/quan-tri$"))
        return self

    def code(self) -> str:
        """A code that was not used yet: of the app, else one of the recovery codes rather than half a minute's wait."""
        left = STEP_SECONDS - time.time() % STEP_SECONDS
        if left < SENDING_SECONDS:
            self.page.wait_for_timeout(1000 * left + 100)
        present = int(time.time()) // STEP_SECONDS
        step = max(self._last_step + 1, present - 1)
        if step > present + 1:
            return self._recovery.pop()
        self._last_step = step
        if self._app is None:
            raise AssertionError("no authenticator before an invitation was opened")
        return self._app.at(datetime.fromtimestamp(step * STEP_SECONDS, UTC))

    def confirm(self, verb: str, *, field: str = "") -> None:
        """Give a fresh code and press the button of a sensitive deed."""
        page = self.page
        box = page.locator(f"#{field}") if field else page.get_by_label("Mã xác thực của bạn")
        box.fill(self.code())
        page.get_by_role("button", name=verb, exact=True).click()

    def invite(self, role: str) -> str:
        """Invite somebody in a role; the link to pass on."""
        page = self.page
        page.goto("/quan-tri/nhan-su")
        made = page.locator("code.enrol-secret")
        expect(made).to_have_count(0)  # the link made before is gone: it was to be seen once
        page.get_by_label("Vai trò").select_option(role)
        self.confirm("Tạo lời mời", field="code-invite")
        expect(made).to_be_visible()
        return made.inner_text()
