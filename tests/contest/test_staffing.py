"""Names of staff accounts."""

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import parse_username


@pytest.mark.parametrize(
    ("typed", "name"), [("lan.nguyen", "lan.nguyen"), (" LAN.Nguyen\u200b ", "lan.nguyen"), ("ab1", "ab1")]
)
def test_names_are_small_and_tidy(typed: str, name: str) -> None:
    assert parse_username(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "ab", "1an", ".lan", "lan nguyen", "lân", "lan\x00a", "lan@x", "a" * 33, "x" * 10**6, "\ud800abc"]
)
def test_other_names_are_refused(typed: str) -> None:
    with pytest.raises(ContestError) as refused:
        parse_username(typed)
    assert refused.value.code is ErrorCode.USERNAME_INVALID


def test_the_command_line_is_nobodys_name() -> None:
    with pytest.raises(ContestError) as refused:
        parse_username("CCHC")
    assert refused.value.code is ErrorCode.USERNAME_TAKEN
