"""The rules page says what the code rules by."""

from dataclasses import replace

import pytest

from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, RuleSet, TieBreak
from cchc_app.texts.rules import articles
from tests.factories import rules, with_feedback

RULES = rules()


def words(rule_set: RuleSet, number: int) -> str:
    return " ".join(articles(rule_set)[number - 1].sentences)


def test_fourteen_numbered_articles() -> None:
    assert [article.heading.split(".")[0] for article in articles(RULES)] == [f"Điều {n}" for n in range(1, 15)]


def test_weeks_are_told_in_local_time_with_midnight_as_24() -> None:
    line = articles(RULES)[0].sentences[1]
    assert line == "Tuần 1: từ 00:00 ngày 02/03/2026 đến 24:00 ngày 08/03/2026."


@pytest.mark.parametrize(
    ("changes", "number", "sentence"),
    [
        ({"attempts_allowed": 3}, 3, "mỗi người có 3 lượt tính điểm"),
        ({"duration_ms": 1_230_000}, 5, "Thời gian làm bài là 20 phút 30 giây"),
        ({"grace_ms": 7_000}, 5, "nhận thêm 7 giây"),
        ({"points_per_question": 5}, 6, "Mỗi câu đúng được 5 điểm"),
    ],
    ids=["attempts", "duration", "grace", "points"],
)
def test_every_number_comes_from_the_value(changes: dict[str, int], number: int, sentence: str) -> None:
    assert sentence in words(rules(**changes), number)
    assert sentence not in words(RULES, number)


@pytest.mark.parametrize("mode", list(FeedbackMode))
def test_each_feedback_mode_has_its_sentence(mode: FeedbackMode) -> None:
    others = {words(with_feedback(RULES, other), 7) for other in FeedbackMode if other is not mode}
    assert words(with_feedback(RULES, mode), 7) not in others


def test_feedback_modes_are_told_week_by_week_when_they_differ() -> None:
    first, *rest = RULES.periods
    mixed = replace(RULES, periods=(replace(first, feedback=FeedbackMode.AT_END), *rest))
    assert [sentence.split(":")[0] for sentence in articles(mixed)[6].sentences] == ["Tuần 1", "Tuần 2, 3, 4"]


def test_prediction_is_told_when_asked() -> None:
    first, *rest = RULES.periods
    asked = replace(RULES, periods=(replace(first, prediction=PredictionSubject.PERFECT_SCORES), *rest))
    assert words(RULES, 8) == "Không tuần nào có câu hỏi dự đoán."
    assert articles(asked)[7].sentences[0] == "Tuần 1: dự đoán số người trả lời đúng tất cả các câu của tuần đó."


def test_chain_is_told_in_the_order_it_is_used() -> None:
    chain = (TieBreak.SCORE, TieBreak.FINISHED_AT, TieBreak.TIME_USED, TieBreak.ATTEMPT_ID)
    steps = articles(rules(tie_break=chain))[8].sentences[1:5]
    assert steps == (
        "1. Điểm cao hơn xếp trên.",
        "2. Nộp bài sớm hơn xếp trên.",
        "3. Thời gian làm bài ít hơn xếp trên, tính đến phần nghìn giây theo máy chủ.",
        "4. Bài được phát sớm hơn xếp trên.",
    )


def test_the_units_formula_is_told_with_its_numbers() -> None:
    collective = replace(RULES.collective, weight_participation=40, weight_score=60, minimum_participants=7)
    told = words(replace(RULES, collective=collective), 12)
    assert "tỷ lệ tham gia 40/100, điểm trung bình 60/100" in told
    assert "ít nhất 7 người dự thi." in told
    assert "từ 30% quân số" in words(replace(RULES, collective=replace(collective, minimum_rate=30)), 12)


def test_every_prize_is_told_with_its_number_and_whose_it_is() -> None:
    sentences = articles(RULES)[12].sentences
    assert sentences[0] == "Week 1: 1 giải, cá nhân của tuần 1."
    assert "Unit: 1 giải, đơn vị của cả hội thi, Xã, phường, đặc khu." in sentences
    assert "Slogan: 1 giải, khẩu hiệu." in sentences
    empty = replace(RULES, prizes=replace(RULES.prizes, quotas=()))
    assert articles(empty)[12].sentences == ("Cơ cấu giải thưởng do Ban Tổ chức công bố sau.",)
