"""Counting and checking a slogan; the browser's counter agrees."""

import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_app.contest import slogans
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.schedule import Phase
from cchc_app.contest.slogans import Writing
from tests.factories import rules
from tests.slogan_counter import CASES, Case, count_in_node

RULES = rules().slogan
GOOD = "Cải cách hành chính lấy sự hài lòng của người dân làm thước đo phục vụ"  # 16
MS = timedelta(milliseconds=1)
BATCH, BATCHES = 100, 30


def words(number: int) -> str:
    return " ".join(["tiếng"] * number)


def refusal(text: str = GOOD, *, explanation: str = "", author: str = "Tổ một cửa") -> ContestError:
    with pytest.raises(ContestError) as caught:
        slogans.checked(writing=Writing(text, explanation, author, author_public=True), rules=RULES)
    return caught.value


def test_the_table_is_large_enough() -> None:
    assert len({case["text"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_words(case: Case) -> None:
    assert slogans.count(case["text"]) == case["words"]


def test_words_in_the_browsers_file() -> None:
    found = count_in_node([case["text"] for case in CASES])
    wrong = [case for case, (_, tokens) in zip(CASES, found, strict=True) if len(tokens) != case["words"]]
    assert wrong == []


def same_in_both(texts: list[str]) -> None:
    expected = [(slogans.normalise(text), slogans.tokens(text)) for text in texts]
    assert count_in_node(texts) == expected


VIETNAMESE = "aăâeêioôơuưyđAĂÂĐ"
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
TRICKY = st.sampled_from([*slogans.WHITE, *slogans.INVISIBLE, *VIETNAMESE, *MARKS, *"-–—….,\"'“”1½²٣😀\ufe0f\u20e3"])
# Characters of later standards are refused when handed in, so nobody has to count them alike.
KNOWN = st.characters(exclude_categories=("Cs", "Cn"))
TEXTS = st.lists(st.text(st.one_of(TRICKY, TRICKY, KNOWN), max_size=80), min_size=BATCH, max_size=BATCH)


@settings(max_examples=BATCHES, deadline=None)
@given(TEXTS)
def test_both_counters_agree_on_generated_texts(texts: list[str]) -> None:
    same_in_both(texts)


def test_both_counters_agree_on_every_character_there_is() -> None:
    everything = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cs", "Cn")
    ]
    assert len(everything) > 140_000
    same_in_both([f"a{char}b {char}" for char in everything])


@given(st.text(st.one_of(TRICKY, KNOWN), max_size=60))
def test_counting_does_not_depend_on_the_form_nor_on_spaces(text: str) -> None:
    forms = {slogans.count(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {slogans.count(text)}
    assert slogans.count(f" \n{text.replace(' ', '  ')}\u00a0") == slogans.count(text)
    once = slogans.normalise(text)
    assert slogans.normalise(once) == once
    assert " ".join(once.split()) == once or not once.isprintable()


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        ("", ErrorCode.SLOGAN_EMPTY, {}),
        (" \u200b\n", ErrorCode.SLOGAN_EMPTY, {}),
        ("… – “ ” 😀 !!!", ErrorCode.SLOGAN_ONLY_SIGNS, {}),
        (words(9), ErrorCode.SLOGAN_TOO_FEW_WORDS, {"words": 9, "fewest": 10, "most": 20, "missing": 1}),
        (words(1), ErrorCode.SLOGAN_TOO_FEW_WORDS, {"words": 1, "fewest": 10, "most": 20, "missing": 9}),
        (words(21), ErrorCode.SLOGAN_TOO_MANY_WORDS, {"words": 21, "fewest": 10, "most": 20, "surplus": 1}),
        ("a" * 5000, ErrorCode.SLOGAN_TOO_LONG, {"characters": 5000, "most": 300}),
        (words(1000)[:5000], ErrorCode.SLOGAN_TOO_LONG, {"characters": 5000, "most": 300}),
        (f"{GOOD} https://example.vn/x", ErrorCode.SLOGAN_LINK, {}),
        (f"{GOOD} WWW.haiphong", ErrorCode.SLOGAN_LINK, {}),
        (f"{GOOD} haiphong.gov.vn", ErrorCode.SLOGAN_LINK, {}),
        (f"{GOOD} ubnd@haiphong.gov.vn", ErrorCode.SLOGAN_LINK, {}),
        (f"{GOOD}\u0000", ErrorCode.SLOGAN_CHARACTERS, {}),
        (f"{GOOD}\u001b[31m", ErrorCode.SLOGAN_CHARACTERS, {}),
        (f"{GOOD}\u202e", ErrorCode.SLOGAN_CHARACTERS, {}),
        (f"{GOOD}\ud800", ErrorCode.SLOGAN_CHARACTERS, {}),
        (f"{GOOD}\ue000", ErrorCode.SLOGAN_CHARACTERS, {}),
        (f"{GOOD}\U0001faff", ErrorCode.SLOGAN_CHARACTERS, {}),
        ("Đơn vị\tKhẩu hiệu\nSở Y tế\tTận tâm phục vụ", ErrorCode.SLOGAN_TABLE, {}),
        ("Đơn vị | Khẩu hiệu\nSở Y tế | Tận tâm phục vụ", ErrorCode.SLOGAN_TABLE, {}),
        ("Đơn vị    Khẩu hiệu\nSở Y tế    Tận tâm phục vụ", ErrorCode.SLOGAN_TABLE, {}),
    ],
)
def test_refused(text: str, code: ErrorCode, details: dict[str, object]) -> None:
    refused = refusal(text)
    assert (refused.code, refused.details) == (code, details)


@pytest.mark.parametrize("number", [10, 11, 19, 20])
def test_limits_are_inside(number: int) -> None:
    taken = slogans.checked(writing=Writing(words(number), "", "An Bình", author_public=False), rules=RULES)
    assert slogans.count(taken.text) == number


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOD}\n",
        f"\t{GOOD}\t",
        GOOD.replace(" ", "  "),
        GOOD.replace("hành chính", "hành chính\n"),
        f"{GOOD}. Nhanh.Gọn",
        f"{GOOD} 24/7",
        f"{GOOD} 👨\u200d👩\u200d👧",
        unicodedata.normalize("NFD", GOOD),
    ],
)
def test_what_looks_odd_and_is_not(text: str) -> None:
    taken = slogans.checked(writing=Writing(text, "", "Tổ một cửa", author_public=True), rules=RULES)
    assert taken.text == slogans.normalise(text)
    assert slogans.normalise(taken.text) == taken.text


def test_the_explanation() -> None:
    three_hundred, more = words(300), words(301)
    writing = Writing(GOOD, f"\n{three_hundred}\r\n\n", "Tổ một cửa", author_public=True)
    assert slogans.checked(writing=writing, rules=RULES).explanation == three_hundred
    assert slogans.paragraphs("Một  ý\r\n\r\n \nhai ý\u2028ba") == "Một ý\nhai ý\nba"
    refused = refusal(explanation=more)
    assert (refused.code, refused.details) == (ErrorCode.EXPLANATION_TOO_LONG, {"words": 301, "most": 300})
    assert refusal(explanation="a" * 4001).code is ErrorCode.EXPLANATION_TOO_LONG
    assert refusal(explanation="xem http://a.vn").code is ErrorCode.EXPLANATION_LINK
    assert refusal(explanation="a\u0000b").code is ErrorCode.EXPLANATION_CHARACTERS


@pytest.mark.parametrize(
    ("author", "code"),
    [
        ("", ErrorCode.AUTHOR_MISSING),
        ("\u200b \n", ErrorCode.AUTHOR_MISSING),
        ("1 2 3", ErrorCode.AUTHOR_INVALID),
        ("A", ErrorCode.AUTHOR_INVALID),
        ("An" * 51, ErrorCode.AUTHOR_INVALID),
        ("An\u0000", ErrorCode.AUTHOR_INVALID),
        ("facebook.com", ErrorCode.AUTHOR_INVALID),
    ],
)
def test_the_author(author: str, code: ErrorCode) -> None:
    assert refusal(author=author).code is code


def test_what_a_draft_may_hold() -> None:
    assert slogans.storable("a\u0000b\ud800c\u001b\n\t\u202e") == "abc\n\t\u202e"


REGULATIONS = replace(rules(), slogan=replace(RULES, closes_at=datetime.fromisoformat("2026-03-11T00:00:00.000+07:00")))
LAST = datetime.fromisoformat("2026-03-10T23:59:59.999+07:00")


def test_the_window_is_half_open_to_the_millisecond() -> None:
    slogans.require_open(rule_set=REGULATIONS, exception=None, now=LAST)
    with pytest.raises(ContestError) as caught:
        slogans.require_open(rule_set=REGULATIONS, exception=None, now=LAST + MS)
    assert (caught.value.code, caught.value.details) == (
        ErrorCode.SLOGAN_CLOSED,
        {"closes_at": REGULATIONS.slogan.closes_at},
    )
    opening = REGULATIONS.periods[0].opens_at
    slogans.require_open(rule_set=REGULATIONS, exception=None, now=opening)
    with pytest.raises(ContestError) as caught:
        slogans.require_open(rule_set=REGULATIONS, exception=None, now=opening - MS)
    assert (caught.value.code, caught.value.details) == (ErrorCode.SLOGAN_NOT_OPEN, {"opens_at": opening})


@pytest.mark.parametrize(
    ("exception", "now", "expected"),
    [
        (None, LAST, Phase.OPEN),
        (None, LAST + MS, Phase.CLOSED),
        (LAST + timedelta(days=1), LAST + MS, Phase.OPEN),
        (LAST + timedelta(days=1), LAST + timedelta(days=1), Phase.CLOSED),
        (LAST - timedelta(days=1), LAST, Phase.OPEN),  # an exception never takes time away
    ],
)
def test_an_exception_only_gives_time(exception: datetime | None, now: datetime, expected: Phase) -> None:
    assert slogans.phase(rule_set=REGULATIONS, exception=exception, now=now.astimezone(UTC)) is expected
