"""Search keys and Vietnamese order."""

import itertools
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.text import collation_key, fold, name_collation_key

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VIETNAMESE = st.text(alphabet=ALPHABET + "ÁÀẢÃẠẮẬĐÊỐỢƯỳ 0279'-", max_size=30)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Phường Thủy Nguyên", "phuong thuy nguyen"),
        ("ĐẶNG  Thị\u00a0Ứng ", "dang thi ung"),
        ("Ðặng", "dang"),
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        (unicodedata.normalize("NFD", "Sở Nội vụ"), "so noi vu"),
        ("UBND xã 2/9", "ubnd xa 2/9"),
        ("", ""),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param(["An", "Ánh", "Ân", "Bảo", "Dũng", "Đặng", "Ếch"], id="the checked example"),
        pytest.param(list(ALPHABET), id="the alphabet"),
        pytest.param(["ma", "mà", "mả", "mã", "má", "mạ"], id="tones"),
        pytest.param(["mă", "mằ", "mẳ", "mẵ", "mắ", "mặ"], id="tones over a mark"),
        pytest.param(["an", "An", "àn"], id="case after tone"),
        pytest.param(["mạ a", "ma b"], id="letters of the whole text before any tone"),
        pytest.param(["an", "an an", "ana", "anh"], id="the end of a word before any letter"),
        pytest.param(["Quận 1", "Quận 2", "Quận A"], id="digits before letters"),
        pytest.param(["Lê", "Lễ", "Lê-An", "Lê B"], id="signs only separate"),
    ],
)
def test_vietnamese_order(ordered: list[str]) -> None:
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=collation_key) == ordered


def test_lists_of_people_go_by_given_name() -> None:
    ordered = [
        "An",
        "Lê Văn An",
        "Trần Thị An",
        "Trần Văn An",
        "Bùi Ánh",
        "Vũ Ánh",
        "Đỗ Thị Bình",
        "Nguyễn Thị Dung",
        "Bùi Văn Đức",
    ]
    shuffled = random.Random(2).sample(ordered, len(ordered))
    assert sorted(shuffled, key=name_collation_key) == ordered


@given(VIETNAMESE)
def test_keys_are_plain_and_the_same_for_every_form(text: str) -> None:
    for form, key in itertools.product(("NFC", "NFD"), (fold, collation_key, name_collation_key)):
        assert key(unicodedata.normalize(form, text)) == key(text)
        assert key(text).isascii()
        assert key(text) == "" or key(text).isprintable()


@given(st.text(max_size=30))
def test_any_text_has_a_printable_ascii_key(text: str) -> None:
    assert collation_key(text).isascii()
    assert collation_key(text).isprintable()
