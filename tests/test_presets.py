"""The packaged data: complete, tidy, and true to what was announced."""

import re
import tomllib
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_app.contest import paper
from cchc_app.contest.paper import BankItem
from cchc_app.contest.regulations import CountedAttempt, TieBreak, period
from cchc_app.contest.schedule import Phase, phase
from cchc_app.contest.text import fold
from cchc_app.data.seeding import NewQuestion
from cchc_app.services.preset_files import preset_names, read_table
from cchc_app.services.presets import QUESTION_COLUMNS, UNIT_COLUMNS, load_preset
from cchc_app.services.provinces import province_codes

ROOT = Path(__file__).parents[1]
NOW = datetime(2025, 11, 12, 5, 0, tzinfo=UTC)
HAI_PHONG = load_preset("hai-phong-2025", now=NOW)
DEMO = load_preset("demo", now=NOW)
QUESTIONS = HAI_PHONG.contest.questions
MAIN = [question for question in QUESTIONS if question.pool == "main"]
PRACTICE = [question for question in QUESTIONS if question.pool == "practice"]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def local(*date: int) -> datetime:
    return datetime(*date, tzinfo=ZONE)


def test_files_travel_with_the_package() -> None:
    folder = resources.files("cchc_app.presets")
    files = {entry.name for entry in folder.iterdir() if entry.name.endswith((".csv", ".json"))}
    assert files == {
        *("units.csv", "questions.csv", "practice.csv", "province_codes.csv", "demo_names.csv", "demo_slogans.csv"),
        *("hai-phong-2025.json", "demo.json"),
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["cchc_app"]}
    assert not [line for line in (ROOT / ".gitignore").read_text().splitlines() if "csv" in line or "json" in line]


def test_presets_are_found_by_their_files() -> None:
    assert preset_names() == ["demo", "hai-phong-2025"]


def test_units_are_the_announced_ones() -> None:
    units = HAI_PHONG.contest.units
    assert len({unit.code for unit in units}) == 164
    assert Counter(unit.bloc for unit in units) == {"so_nganh": 14, "cap_xa": 114, "su_nghiep": 26, "khac": 10}
    assert list(dict.fromkeys(unit.bloc for unit in units)) == ["so_nganh", "cap_xa", "su_nghiep", "khac"]
    kinds = Counter(row["kind"] for row in read_table("units.csv", (*UNIT_COLUMNS, "kind")).rows)
    assert (kinds["xa"], kinds["phuong"], kinds["dac_khu"]) == (67, 45, 2)


def test_headcounts_say_that_they_are_synthetic() -> None:
    units = HAI_PHONG.contest.units
    assert {unit.headcount_source for unit in units} == {"synthetic"}
    assert len({unit.headcount for unit in units}) > 80
    assert "giả lập" in HAI_PHONG.contest.content["headcount_note"]


def test_bank_has_its_size() -> None:
    assert (len(MAIN), len(PRACTICE) >= 36) == (120, True)
    assert [question.code for question in MAIN] == [f"Q{n:03}" for n in range(1, 121)]
    assert [question.code for question in PRACTICE] == [f"P{n:03}" for n in range(1, len(PRACTICE) + 1)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_question_is_whole(question: NewQuestion) -> None:
    texts = (question.stem, *question.options, question.explanation, question.legal_basis, question.topic)
    assert all(text and unicodedata.is_normalized("NFC", text) and text == " ".join(text.split()) for text in texts)
    assert len({fold(option) for option in question.options}) == 4
    assert question.key in range(4)
    assert question.difficulty in (1, 2, 3)
    assert question.stem.endswith("?")
    assert len(question.explanation) > 10


def test_no_question_is_asked_twice_in_either_pool() -> None:
    stems = Counter(re.sub(r"\W+", " ", fold(question.stem)).strip() for question in QUESTIONS)
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_keys_favour_no_letter() -> None:
    for pool in (MAIN, PRACTICE):
        counts = Counter(question.key for question in pool)
        assert max(counts.values()) - min(counts.values()) <= 2


def test_practice_covers_every_topic_of_the_bank() -> None:
    assert {question.topic for question in PRACTICE} == {question.topic for question in MAIN}


def test_blueprint_is_filled_with_room_to_spare() -> None:
    quiz = HAI_PHONG.contest.rule_set.quiz
    bank = [BankItem(n, question.topic, question.difficulty, 4) for n, question in enumerate(MAIN)]
    for line in quiz.blueprint:
        fitting = [b for b in bank if line.topic in (None, b.topic) and line.difficulty in (None, b.difficulty)]
        assert len(fitting) >= 3 * line.count, line
    papers = [paper.draw(bank=bank, blueprint=quiz.blueprint, seed=str(n)) for n in range(40)]
    assert {len({item.question_version_id for item in drawn}) for drawn in papers} == {20}
    drawn_ever = {item.question_version_id for drawn in papers for item in drawn}
    assert {MAIN[n].topic for n in drawn_ever} == {question.topic for question in MAIN}


def test_hai_phong_has_exactly_the_announced_dates() -> None:
    rules = HAI_PHONG.contest.rule_set
    assert [(p.opens_at, p.closes_at) for p in rules.periods] == [
        (local(2025, 11, 3), local(2025, 11, 10)),
        (local(2025, 11, 10), local(2025, 11, 17)),
        (local(2025, 11, 17), local(2025, 11, 24)),
        (local(2025, 11, 24), local(2025, 11, 29)),  # Friday 28 November, 24:00
    ]
    assert rules.slogan.closes_at == local(2025, 11, 11)
    assert (rules.slogan.min_words, rules.slogan.max_words, rules.slogan.explanation_max_words) == (10, 20, 300)


def test_defaults_of_the_quiz() -> None:
    quiz = HAI_PHONG.contest.rule_set.quiz
    assert (quiz.question_count, quiz.duration_ms, quiz.grace_ms) == (20, 1_200_000, 3_000)
    assert (quiz.attempts_allowed, quiz.points_per_question) == (1, 1)
    assert quiz.counted_attempt is CountedAttempt.BEST
    assert quiz.tie_break == (TieBreak.SCORE, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)


@settings(deadline=None, max_examples=50)
@given(after=st.timedeltas(-4000 * DAY, 20_000 * DAY))
def test_demo_has_week_1_closed_and_week_2_open_on_any_day(after: timedelta) -> None:
    now = NOW + after
    rules = load_preset("demo", now=now).contest.rule_set
    assert [phase(window=p.window, now=now) for p in rules.periods] == [
        *(Phase.CLOSED, Phase.OPEN),
        *(Phase.UPCOMING, Phase.UPCOMING),
    ]
    for one in rules.periods:
        there = one.opens_at.astimezone(ZONE)
        assert (there.weekday(), f"{there:%H:%M:%S.%f}") == (0, "00:00:00.000000")
    assert rules.slogan.closes_at == period(rules, 2).closes_at


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("edge", [timedelta(), DAY - timedelta(milliseconds=1)], ids=["midnight", "before midnight"])
def test_demo_at_the_edges_of_every_weekday(day: int, edge: timedelta) -> None:
    now = local(2026, 2, 23) + day * DAY + edge
    second = period(load_preset("demo", now=now).contest.rule_set, 2)
    assert (second.opens_at, second.closes_at) == (local(2026, 2, 23), local(2026, 3, 2))


def test_demo_is_the_same_contest_and_says_what_it_is() -> None:
    demo, real = DEMO.contest, HAI_PHONG.contest
    assert (demo.code, demo.units, demo.questions) == (real.code, real.units, real.questions)
    assert (HAI_PHONG.demonstration, DEMO.demonstration is None) == (None, False)
    for text in (demo.title, demo.short_title, demo.content["headline"], demo.content["purpose"]):
        assert "trình diễn" in text
    assert "giả lập" in demo.content["news"][0]["title"]


@pytest.mark.parametrize("preset", [HAI_PHONG, DEMO], ids=["hai-phong-2025", "demo"])
def test_contents_promise_nothing_that_was_not_announced(preset) -> None:
    content = preset.contest.content
    prizes = " ".join(f"{prize['title']} {prize['detail']}" for prize in content["prizes"])
    assert not re.search(r"đồng|triệu|\d{3}", prizes)
    assert [prize["title"] for prize in content["prizes"]] == [
        *("Giải cá nhân hằng tuần", "Giải tập thể", "Giải khẩu hiệu", "Bằng khen")
    ]
    assert "bộ mẫu" in content["bank_note"]
    assert "rà soát" in content["bank_note"]


def test_province_codes() -> None:
    codes = province_codes()
    assert len(codes) == 63
    assert {"001", "030", "031", "096"} <= codes
    assert not codes & {"000", "003", "999"}


def test_tables_have_the_columns_their_readers_ask_for() -> None:
    assert read_table("questions.csv", QUESTION_COLUMNS).rows[0]["code"] == "Q001"
