"""Draws docs/screenshots: home, sign-in, question, feedback, result and board on a phone in both colour schemes.

Run as `python -m tests.e2e.screenshots`.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from cchc_app import frontend
from tests.browser import ARGUMENTS, find
from tests.e2e.conftest import PHONE
from tests.e2e.pages import BoardPage, HomePage, Newcomer, QuizPage, RegisterPage, SignInPage
from tests.live_site import ROOT, LiveSite

TARGET = ROOT / "docs" / "screenshots"
SIZE = {"width": 412, "height": 915}
SETTLED_MS = 700
PEOPLE = {"light": ("Nguyễn Văn An", "031085012345"), "dark": ("Đỗ Thị Mai Anh", "031185012346")}


def draw(page: Page, scheme: str) -> None:
    """Walk through the main job and take a picture of every screen."""

    def picture(name: str) -> None:
        page.mouse.move(0, 0)
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=TARGET / f"{name}-{scheme}.png", scale="css")

    name, number = PEOPLE[scheme]
    SignInPage(page).open()
    picture("sign-in")
    RegisterPage(page).open().register(Newcomer(number, name, "05/09/1985", "UBND phường Lê Chân", "482915"))
    expect(page.get_by_role("link", name="Tài khoản của bạn")).to_be_visible()
    HomePage(page).open()
    picture("home")
    quiz = QuizPage(page).open().begin()
    for done in range(7):
        quiz.answer(done % 4)
        quiz.go_on()
    quiz.choose(2)
    picture("question")
    quiz.answer(2)
    picture("feedback")
    quiz.go_on()
    quiz.answer_all(12)
    quiz.hand_in()
    picture("result")
    BoardPage(page).open()
    picture("board")


def main() -> None:
    """Serve the demonstration contest and draw everything."""
    frontend.main()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = LiveSite(Path(folder))
        site.run("init", "--preset", "demo")
        site.start()
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        try:
            for scheme in PEOPLE:
                phone = {**playwright.devices[PHONE], "viewport": SIZE, "base_url": site.url, "color_scheme": scheme}
                draw(browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **phone).new_page(), scheme)
        finally:
            browser.close()
            site.stop()


if __name__ == "__main__":
    main()
