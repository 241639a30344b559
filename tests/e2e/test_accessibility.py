"""axe on every page, in both colour schemes, signed in and not."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.pages import QuizPage, RegisterPage
from tests.e2e.test_main_job import newcomer

PUBLIC = (
    "/",
    "/dang-nhap",
    "/dang-ky",
    "/xep-hang",
    "/the-le",
    "/khau-hieu",
    "/quyen-rieng-tu",
    "/he-thong-giao-dien",
    "/khong-co",
)
SETTLED_MS = 600


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is now."""
    page.wait_for_timeout(SETTLED_MS)
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages(new_phone: Callable[..., Page], complaints: list[str], scheme: str) -> None:
    page = new_phone(color_scheme=scheme)
    wrong = []
    for path in PUBLIC:
        page.goto(path)
        wrong += violations(page)
    assert wrong == []
    complaints[:] = [text for text in complaints if "404" not in text]  # the page that does not exist


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_a_participant(new_phone: Callable[..., Page], scheme: str) -> None:
    page = new_phone(color_scheme=scheme)
    RegisterPage(page).open().register(newcomer())
    quiz = QuizPage(page).open()
    wrong = violations(page)
    quiz.begin()
    wrong += violations(page)
    quiz.answer(1)
    wrong += violations(page)
    page.get_by_role("button", name="Danh sách câu hỏi").click()
    wrong += violations(page)
    page.get_by_role("button", name="Nộp bài").first.click()
    wrong += violations(page)
    result = quiz.page.get_by_role("button", name="Xác nhận nộp bài")
    result.click()
    page.get_by_role("button", name="Xem lại bài").click()
    wrong += violations(page)
    page.goto("/tai-khoan")
    wrong += violations(page)
    page.goto("/xep-hang")
    wrong += violations(page)
    assert wrong == []
