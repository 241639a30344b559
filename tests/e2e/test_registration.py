"""Registering, signing in and out on a phone: nothing typed is lost, the phone's own back button goes a step back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import RegisterPage, SignInPage
from tests.e2e.test_main_job import UNIT, newcomer

BAD_INPUT = (
    ("Số CCCD/CMND", "31085012345", "Số này có 11 chữ số, có thể thiếu số 0 ở đầu."),
    ("Số CCCD/CMND", "0310850abc12", "Số CCCD/CMND chỉ gồm chữ số."),
    ("Họ và tên", "A" * 200, "Họ và tên dài quá 100 ký tự."),
    ("Họ và tên", "<script>alert(1)</script>", "Họ và tên chỉ gồm chữ cái"),
    ("Ngày sinh", "31/02/1985", "Ngày sinh này không có trên lịch."),
)


def account_link(page: Page):
    """Shown to whoever is signed in."""
    return page.get_by_role("link", name="Tài khoản của bạn")


@pytest.mark.parametrize(("field", "typed", "sentence"), BAD_INPUT, ids=[f"{f} {t[:12]}" for f, t, _ in BAD_INPUT])
def test_bad_input_gets_its_sentence_and_the_focus(page: Page, field: str, typed: str, sentence: str) -> None:
    person, form = newcomer(), RegisterPage(page).open()
    values = {"Số CCCD/CMND": person.number, "Họ và tên": person.name, "Ngày sinh": person.born, field: typed}
    form.fill_identity(*values.values())
    wrong = page.get_by_label(field)
    expect(page.locator(f"#{wrong.get_attribute('id')}-error")).to_contain_text(sentence)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    for name, value in values.items():
        assert page.get_by_label(name).input_value().replace(" ", "") == value.replace(" ", "")


def test_going_back_and_forth_keeps_everything(page: Page) -> None:
    person, form = newcomer(), RegisterPage(page).open()
    form.fill_identity(person.number, person.name, person.born)
    form.choose_unit("le chan", UNIT)
    expect(page.get_by_text(f"Đã chọn: {UNIT}")).to_be_visible()
    form.go_on()
    form.choose_pin(person.pin, person.pin)
    page.go_back()
    expect(page.get_by_label("Đơn vị", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name=UNIT, exact=True)).to_be_checked()
    page.go_back()
    expect(page.get_by_label("Họ và tên")).to_be_visible()
    expect(page.get_by_label("Họ và tên")).to_have_value(person.name)
    form.go_on()
    expect(page.get_by_label("Đơn vị", exact=True)).to_be_visible()
    form.go_on()
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    page.get_by_role("button", name="Quay lại").click()
    expect(page.get_by_role("radio", name=UNIT, exact=True)).to_be_checked()
    form.go_on()
    expect(page.get_by_label("Mã PIN", exact=True)).to_have_value(person.pin)
    form.consent()
    form.finish()
    expect(account_link(page)).to_be_visible()


def test_a_contradiction_is_shown_once(page: Page) -> None:
    person, form = newcomer(), RegisterPage(page).open()
    form.fill_identity(person.number, person.name, "05/09/1986")
    expect(page.get_by_role("alert")).to_contain_text("Năm sinh bạn nhập khác với năm sinh ghi trong số CCCD.")
    form.go_on()
    expect(page.get_by_label("Đơn vị", exact=True)).to_be_visible()


def test_the_unit_picker_by_keyboard(page: Page) -> None:
    person, form = newcomer(), RegisterPage(page).open()
    form.fill_identity(person.number, person.name, person.born)
    search = page.get_by_label("Đơn vị", exact=True)
    search.fill("khong co don vi nay")
    expect(page.get_by_text("Không có đơn vị nào khớp.")).to_be_visible()
    search.fill("THANH TRA thành phố")
    expect(page.get_by_text("1 đơn vị phù hợp")).to_be_visible()
    search.press("Enter")
    expect(page.get_by_role("radio", name="Thanh tra thành phố")).to_be_checked()
    form.go_on()
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()


def test_digits_become_a_date(page: Page) -> None:
    RegisterPage(page).open()
    born = page.get_by_label("Ngày sinh")
    born.press_sequentially("05091985")
    expect(born).to_have_value("05/09/1985")
    born.fill("")
    born.press_sequentially("5/9/1985")
    expect(born).to_have_value("5/9/1985")


def test_out_and_in_again(new_phone: Callable[..., Page]) -> None:
    person, phone = newcomer(), new_phone()
    RegisterPage(phone).open().register(person)
    cookie = next(cookie for cookie in phone.context.cookies() if cookie["name"] == "cchc")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert "cchc=" not in phone.evaluate("document.cookie")
    phone.goto("/tai-khoan")
    expect(phone.get_by_role("heading", name=person.name)).to_be_visible()
    phone.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(phone.get_by_role("link", name="Đăng nhập", exact=True)).to_be_visible()
    phone.goto("/tai-khoan")
    phone.wait_for_url(re.compile("/dang-nhap"))
    SignInPage(phone).sign_in(person.number, "555123")
    expect(phone.get_by_text("Số CCCD/CMND hoặc mã PIN chưa đúng.")).to_be_visible()
    assert phone.get_by_label("Số CCCD/CMND").input_value().replace(" ", "") == person.number
    SignInPage(phone).sign_in(person.number, person.pin)
    phone.wait_for_url(re.compile("/tai-khoan$"))
    expect(account_link(phone)).to_be_visible()


def test_out_everywhere(new_phone: Callable[..., Page]) -> None:
    person, phone, other = newcomer(), new_phone(), new_phone()
    RegisterPage(phone).open().register(person)
    SignInPage(other).open().sign_in(person.number, person.pin)
    expect(account_link(other)).to_be_visible()
    phone.goto("/tai-khoan")
    phone.get_by_role("button", name="Đăng xuất khỏi mọi thiết bị").click()
    expect(phone.get_by_role("link", name="Đăng nhập", exact=True)).to_be_visible()
    other.goto("/tai-khoan")
    other.wait_for_url(re.compile("/dang-nhap"))


def test_a_spent_ticket_leads_back_and_says_so(page: Page) -> None:
    page.goto("/phien/nhan?ve=made-up&tiep=/thi")
    page.wait_for_url(re.compile("/dang-nhap"))
    expect(page.get_by_text("CCHC-207")).to_be_visible()
