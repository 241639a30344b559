"""The main job on a phone: register, take the week's paper, see the result explained, stand on the live board."""

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import BoardPage, HomePage, Newcomer, QuizPage, RegisterPage, ResultPage, SignInPage

LIVE_MS = 2_000
UNIT = "UBND phường Lê Chân"
_serial = itertools.count(1)


def newcomer(name: str = "") -> Newcomer:
    """Somebody new."""
    n = next(_serial)
    letters = "".join("ABCDEGHIKL"[int(digit)] for digit in str(n))  # no name has digits
    return Newcomer(f"0310850{n:05}", name or f"Nguyễn Thị Thử {letters}", "05/09/1985", UNIT, "482915")


def test_from_registration_to_the_live_board(new_phone: Callable[..., Page]) -> None:
    person = newcomer("Đỗ Thị Mai Thử")
    phone, watcher = new_phone(), new_phone()
    HomePage(phone).open().next_step().click()
    SignInPage(phone).validate_page().to_registration().register(person)
    quiz = QuizPage(phone)
    quiz.begin()
    BoardPage(watcher).open()
    expect(BoardPage(watcher).row(person.name)).to_have_count(0)
    quiz.answer_all()
    result = quiz.hand_in()
    expect(BoardPage(watcher).row(person.name).first).to_be_visible(timeout=LIVE_MS)
    assert re.fullmatch(r"HP25-W2-[A-Z0-9]{6}-\d\d", result.receipt())
    expect(result.why()).to_have_count(4)
    expect(result.review()).to_have_count(20)
    board = BoardPage(phone).open()
    expect(board.row(person.name).first).to_be_visible()


def test_a_second_device_goes_on_where_the_first_stopped(new_phone: Callable[..., Page]) -> None:
    person, first = newcomer(), new_phone()
    RegisterPage(first).open().register(person)
    quiz = QuizPage(first).open().begin()
    for option in (0, 1, 2):
        quiz.answer(option)
        quiz.go_on()
    second = new_phone()
    SignInPage(second).open().sign_in(person.number, person.pin)
    other = QuizPage(second).validate_page()  # signing in leads straight to the open paper
    assert other.number() == 4
    first.reload()
    assert QuizPage(first).validate_page().number() == 4


def test_two_tabs_give_one_answer(new_phone: Callable[..., Page]) -> None:
    person, first = newcomer(), new_phone()
    RegisterPage(first).open().register(person)
    quiz = QuizPage(first).open().begin()
    second = first.context.new_page()
    other = QuizPage(second).open().validate_page()
    quiz.answer(0)
    other.choose(1)
    second.get_by_role("button", name="Trả lời").click()
    expect(second.get_by_role("alert")).to_contain_text("Câu trả lời đầu tiên được giữ lại")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_practice_never_counts(new_phone: Callable[..., Page], scheme: str) -> None:
    person, phone = newcomer(), new_phone(color_scheme=scheme)
    RegisterPage(phone).open().register(person)
    QuizPage(phone).open("/luyen-tap").begin().answer(0)
    QuizPage(phone).open("/luyen-tap").validate_page()
    phone.get_by_role("button", name="Danh sách câu hỏi").click()
    phone.get_by_role("button", name="Nộp bài").first.click()
    expect(phone.get_by_text("Còn 19 câu chưa trả lời")).to_be_visible()
    phone.get_by_role("button", name="Xác nhận nộp bài").click()
    ResultPage(phone).validate_page()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kết quả luyện tập")
    expect(phone.get_by_text("hạng tuần")).to_have_count(0)


def test_a_dead_line_keeps_the_choice_and_sends_it_later(new_phone: Callable[..., Page], complaints: list[str]) -> None:
    person, phone = newcomer(), new_phone()
    RegisterPage(phone).open().register(person)
    quiz = QuizPage(phone).open().begin()
    quiz.choose(2)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Mất kết nối")).to_be_visible()
    phone.get_by_role("button", name="Trả lời").click()
    expect(quiz.feedback()).to_have_count(0)
    phone.context.set_offline(False)
    expect(quiz.feedback()).to_be_visible()
    complaints.clear()


def test_going_on_asks_nobody(new_phone: Callable[..., Page], complaints: list[str]) -> None:
    person, phone = newcomer(), new_phone()
    RegisterPage(phone).open().register(person)
    quiz = QuizPage(phone).open().begin()
    quiz.answer(0)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Mất kết nối")).to_be_visible()
    quiz.go_on()
    assert quiz.number() == 2
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    expect(quiz.feedback()).to_have_count(0)
    quiz.choose(1)
    phone.get_by_role("button", name="Trả lời").click()
    phone.context.set_offline(False)
    expect(quiz.feedback()).to_be_visible()
    assert quiz.number() == 2
    quiz.go_on()
    phone.get_by_role("button", name="Danh sách câu hỏi").click()
    phone.get_by_role("button", name=re.compile("^Câu 2,")).click()
    expect(quiz.feedback()).to_be_visible()
    assert quiz.number() == 2
    quiz.go_on()
    assert quiz.number() == 3
    expect(phone.get_by_role("radio", checked=True)).to_have_count(0)
    complaints.clear()
