"""When two slogans are the same text."""

import unicodedata

import pytest

from cchc_app.contest.duplicates import bare_key, words_key

SLOGAN = "Hải Phòng hòa nhịp, cán bộ khỏe, người dân quý"


@pytest.mark.parametrize(
    "other",
    [
        "HẢI PHÒNG HÒA NHỊP, CÁN BỘ KHỎE, NGƯỜI DÂN QUÝ",
        "Hải Phòng hoà nhịp – cán bộ khoẻ – người dân quý.",
        "“Hải Phòng hòa nhịp; cán bộ khỏe; người dân quý…”",
        "  Hải  Phòng\u00a0hòa nhịp cán bộ khỏe\u200b người dân quý ",
        unicodedata.normalize("NFD", SLOGAN),
    ],
)
def test_case_punctuation_and_tone_style_do_not_count(other: str) -> None:
    assert words_key(other) == words_key(SLOGAN)
    assert bare_key(other) == bare_key(SLOGAN)


@pytest.mark.parametrize(
    "other", ["Hai Phong hoa nhip can bo khoe nguoi dan quy", "Hái Phong hóa nhíp can bò khoe người đàn quy"]
)
def test_other_accents_are_other_words_with_one_bare_key(other: str) -> None:
    assert words_key(other) != words_key(SLOGAN)
    assert bare_key(other) == bare_key(SLOGAN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ma", "mà"),
        ("hoa", "hóa"),
        ("dân", "đân"),
        ("an", "ăn"),
        ("tôi", "tơi"),
        ("phục vụ", "phụcvụ"),
        ("10 điều", "1 0 điều"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert words_key(one) != words_key(other)


def test_a_text_of_signs_only_has_an_empty_key() -> None:
    assert (words_key("… – !"), bare_key("… – !")) == ("", "")
