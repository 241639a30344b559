"""GIFT: what becomes a question, with which key, and what a person is told to look at."""

import unicodedata

import pytest

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import Column, ParsedFile, ParsedQuestion, parse_file


def parse(text: str) -> ParsedFile:
    return parse_file("q.gift", text.encode())


def only(text: str) -> ParsedQuestion:
    parsed = parse(text)
    assert parsed.errors == ()
    (question,) = parsed.rows
    return question


def warned(text: str) -> list[tuple[Column, ErrorCode]]:
    return [(warning.column, warning.code) for warning in parse(text).warnings]


@pytest.mark.parametrize(
    ("text", "stem", "options", "key"),
    [
        ("Ai? {=a ~b}", "Ai?", ("a", "b"), (0,)),
        ("Ai? {~a =b =c}", "Ai?", ("a", "b", "c"), (1, 2)),
        ("Câu 1: Ai? {\n=a\n~b\n}", "Câu 1: Ai?", ("a", "b"), (0,)),
        ("1 \\= 1 \\~ \\{x\\} \\# \\: \\\\ {=\\=a ~b}", "1 = 1 ~ {x} # : \\", ("=a", "b"), (0,)),
        ("Bộ phận {=Một cửa ~Hai cửa} nhận hồ sơ.", "Bộ phận _____ nhận hồ sơ.", ("Một cửa", "Hai cửa"), (0,)),
        ("[html]<p>Ai&nbsp;<b>đó</b>?</p> {=a &lt; b ~<i>c</i>}", "Ai đó?", ("a < b", "c"), (0,)),
        ("[html]10<sup>6</sup> là gì? {=1 triệu ~H<sub>2</sub>O}", "10⁶ là gì?", ("1 triệu", "H₂O"), (0,)),
        ("[markdown]**Ai** và `b`? {=*a* ~b}", "Ai và b?", ("a", "b"), (0,)),
        ("[plain]<b>Ai</b>? {=a ~b}", "<b>Ai</b>?", ("a", "b"), (0,)),
        ("5 < 7 > 3? {=a ~b}", "5 < 7 > 3?", ("a", "b"), (0,)),
        ("Có <b>đậm</b>? {=a ~b}", "Có đậm?", ("a", "b"), (0,)),
        ("Đúng không? {T}", "Đúng không?", ("Đúng", "Sai"), (0,)),
        ("Đúng không? {FALSE}", "Đúng không?", ("Đúng", "Sai"), (1,)),
        ("// [id:X]\n// nữa\nAi? {=a\n// giữa\n~b}", "Ai?", ("a", "b"), (0,)),
        ("Ai? {~%100%a ~%0%b}", "Ai?", ("a", "b"), (0,)),
        ("Ai? {~ a\n= b\n~ c}", "Ai?", ("a", "b", "c"), (1,)),
    ],
)
def test_becomes(text: str, stem: str, options: tuple[str, ...], key: tuple[int, ...]) -> None:
    question = only(text)
    assert (question.stem, question.options, question.key) == (stem, options, key)


def test_where_the_rest_goes() -> None:
    question = only(
        "$CATEGORY: $course$/top/Luật//Nghị định/Một cửa\n\n"
        "// [id:C-7] [tag:difficulty:2] [tag:pool:practice] [tag:valid_until:2026-12-31] [tag:khác]\n"
        "::Tên khác::Ai? {=a ~b ####Vì thế.\\nCăn cứ pháp lý\\: Nghị định 61}"
    )
    assert (question.row, question.code, question.pool, question.topic, question.difficulty) == (
        *(4, "C-7", "practice", "Một cửa"),
        2,
    )
    assert (question.explanation, question.legal_basis) == ("Vì thế.", "Nghị định 61")
    assert f"{question.valid_from} {question.valid_until}" == "None 2026-12-31"


def test_a_title_is_the_code_when_it_can_be_one() -> None:
    assert only("::C7::Ai? {=a ~b}").code == "C7"
    assert only("::Câu số bảy::Ai? {=a ~b}").code == ""


@pytest.mark.parametrize(
    ("category", "topic"),
    [
        ("$course$/top", ""),
        ("$course$/top/Một cửa", "Một cửa"),
        ("top", "top"),
        ("A/B", "B"),
        ("A//B", "A/B"),
        ("$system$/A", "A"),
    ],
)
def test_topics(category: str, topic: str) -> None:
    assert only(f"$CATEGORY: {category}\n\nAi? {{=a ~b}}").topic == topic


def test_feedback_of_the_right_option_explains() -> None:
    assert only("Ai? {=a#Vì a ~b}").explanation == "Vì a"
    assert warned("Ai? {=a#Vì a ~b}") == []


def test_what_is_lost_is_said() -> None:
    dropped = [(Column.EXPLANATION, ErrorCode.FEEDBACK_DROPPED)]
    assert warned("Ai? {=a ~b#Không ####Vì thế}") == dropped
    assert warned("Ai? {=a#Có ~b#Không}") == dropped
    assert warned("Ai? {T#Không#Có}") == dropped
    assert warned("Chọn hai? {~%50%a ~%50%b ~%-100%c}") == [(Column.KEY, ErrorCode.WEIGHTS_AS_ACCEPTED)]
    assert only("Chọn hai? {~%50%a ~%50%b ~%-100%c}").key == (0, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_encodings(encoding: str) -> None:
    text = "Hồ sơ nộp ở bộ phận nào của xã? {=Một cửa ~Văn thư}"
    # The Windows code page writes tones as characters of their own, after the vowel.
    body = _for_code_page(text).encode("cp1258") if encoding == "cp1258" else text.encode(encoding)
    parsed = parse_file("q.txt", body)
    assert [question.stem for question in parsed.rows] == ["Hồ sơ nộp ở bộ phận nào của xã?"]
    guessed = [(None, ErrorCode.ENCODING_GUESSED)] if encoding == "cp1258" else []
    assert [(warning.row, warning.code) for warning in parsed.warnings] == guessed


def _for_code_page(text: str) -> str:

    tones = "\u0300\u0309\u0303\u0301\u0323"
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in parts if mark in tones)
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tone)
    return "".join(out)
