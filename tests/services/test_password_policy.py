"""Passwords of the staff."""

import unicodedata

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.services.password_policy import check_password
from tests.staff import PASSWORD

CONTEXT = ("lan.nguyen", "Nguyễn Thị Lan")


def refusal(password: str) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        check_password(password, context=CONTEXT)
    return refused.value.code


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery staple", "v9#Kx2!mQ7pLz"])
def test_good_ones(password: str) -> None:
    assert check_password(password, context=CONTEXT) == password


@pytest.mark.parametrize("password", ["", "v9#Kx2!mQ7", "x" * 129, "ạ" * 11])
def test_too_short_or_too_long(password: str) -> None:
    assert refusal(password) is ErrorCode.PASSWORD_LENGTH


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "123456789012",
        "qwertyuiop[]",
        "aaaaaaaaaaaaaaaa",
        "iloveyou2025",
        "P@ssw0rd2025",
        "NguyenThiLan",
        "lan.nguyen2025",
        "haiphong2025",
        "caicachhanhchinh",
        "cảicáchhànhchính",
        "MatKhau2025cchc",
        "quantri.cchc2025",
    ],
)
def test_what_is_guessed_first(password: str) -> None:
    assert refusal(password) is ErrorCode.PASSWORD_GUESSABLE


def test_one_form_whatever_the_keyboard_sends() -> None:
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert check_password(decomposed, context=CONTEXT) == PASSWORD


def test_what_no_keyboard_sends_does_no_harm() -> None:
    assert refusal("\ud800" * 12) is ErrorCode.PASSWORD_GUESSABLE
