"""Units' one-time codes as people type them."""

import math

import pytest

from cchc_app.contest import unit_codes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.receipts import ALPHABET

CODE = "7KQFM8XT2BCD"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "7KQF-M8XT-2BCD",
        "7kqf m8xt 2bcd",
        " 7KQF\u2013M8XT\u20142BCD\n",
        "\uff17KQF-M8XT-2BCD",
        "7KQF\u200b-M8XT\u00a02BCD",
        "7KQF.M8XT.2BCD",
    ],
)
def test_the_same_code_however_it_is_typed(typed: str) -> None:
    assert unit_codes.parse(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ErrorCode.UNIT_CODE_EMPTY),
        (" - ", ErrorCode.UNIT_CODE_EMPTY),
        (CODE[:-1], ErrorCode.UNIT_CODE_WRONG),
        (CODE + "2", ErrorCode.UNIT_CODE_WRONG),
        (CODE[:-1] + "O", ErrorCode.UNIT_CODE_WRONG),
        (CODE[:-1] + "\u0110", ErrorCode.UNIT_CODE_WRONG),
        (CODE * 1000, ErrorCode.UNIT_CODE_WRONG),
    ],
)
def test_what_is_no_code(typed: str, code: ErrorCode) -> None:
    with pytest.raises(ContestError) as caught:
        unit_codes.parse(typed)
    assert caught.value.code is code


def test_a_code_is_read_as_it_is_printed_and_holds_enough_chance() -> None:
    assert unit_codes.spoken(CODE) == "7KQF-M8XT-2BCD"
    assert unit_codes.parse(unit_codes.spoken(CODE)) == CODE
    assert unit_codes.LENGTH * math.log2(len(ALPHABET)) >= 50
