"""The start page says what the rules say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc_app.contest.regulations import FeedbackMode, TieBreak
from cchc_app.services.take_quiz import QuizDoor
from cchc_app.texts import quiz as texts
from tests.factories import DEFAULT_CHAIN, MINUTE_MS, rules

WEEK_2 = rules().periods[1]
DOOR = QuizDoor(
    period_number=2,
    is_open=True,
    opens_at=WEEK_2.opens_at,
    closes_at=WEEK_2.closes_at,
    question_count=20,
    duration_ms=20 * MINUTE_MS,
    attempts_allowed=1,
    attempts_used=0,
    feedback=FeedbackMode.IMMEDIATE,
    tie_break=DEFAULT_CHAIN,
    resumable=False,
    last_receipt=None,
)


def facts(door: QuizDoor) -> list[str]:
    return texts.door(door, practice=False)["facts"]


def test_the_week_in_words() -> None:
    assert facts(DOOR)[:3] == [
        "20 câu · 20 phút",
        "Mở từ 00:00 ngày 09/03/2026 đến 24:00 ngày 15/03/2026",
        "Còn 1 trên 1 lượt tính điểm",
    ]


def test_ties_are_told_in_the_order_they_are_broken() -> None:
    swapped = (TieBreak.SCORE, TieBreak.FINISHED_AT, TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.ATTEMPT_ID)
    assert "Bằng điểm thì lần lượt xét: thời gian làm bài ít hơn, nộp sớm hơn." in facts(DOOR)
    told = "Bằng điểm thì lần lượt xét: nộp sớm hơn, dự đoán sát hơn, thời gian làm bài ít hơn."
    assert told in facts(replace(DOOR, tie_break=swapped))


@pytest.mark.parametrize(
    ("changes", "button"),
    [
        ({}, texts.BEGIN),
        ({"attempts_used": 1}, ""),
        ({"attempts_used": 1, "resumable": True}, texts.RESUME),
        ({"is_open": False, "opens_at": WEEK_2.opens_at + timedelta(days=7)}, ""),
        ({"period_number": None}, ""),
    ],
    ids=["fresh", "used up", "paper open", "not yet", "all over"],
)
def test_what_the_button_does(changes: dict[str, object], button: str) -> None:
    assert texts.door(replace(DOOR, **changes), practice=False)["button"] == button


def test_each_feedback_mode_has_its_sentence() -> None:
    assert len({tuple(facts(replace(DOOR, feedback=mode))) for mode in FeedbackMode}) == len(FeedbackMode)
