"""Forms of the rules: what is typed becomes the value, what is wrong is said beside its field, what is absent stays."""

from dataclasses import replace

import pytest

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.judging import Aggregation
from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.regulations import (
    BlueprintLine,
    CountedAttempt,
    FeedbackMode,
    PredictionSubject,
    RuleSet,
    TieBreak,
    validate,
)
from cchc_app.services import rule_set_forms as forms
from cchc_app.services.field_errors import FieldErrors
from tests.factories import WEEK, rules

RULES = rules()


def refused(read, form: dict[str, str], old: RuleSet = RULES) -> dict[str, ErrorCode]:
    with pytest.raises(FieldErrors) as found:
        read(old, form)
    return {name: error.code for name, error in found.value.errors.items()}


@pytest.mark.parametrize(
    "read", [forms.read_periods, forms.read_paper, forms.read_slogan, forms.read_units], ids=lambda read: read.__name__
)
def test_an_empty_form_changes_nothing(read) -> None:
    assert read(RULES, {}) == RULES


def test_periods_are_read_on_the_clocks_of_the_contest() -> None:
    form = {
        "opens_at-3": "17/03/2026 08:00",
        "closes_at-3": "22/03/2026 24:00",
        "feedback-3": "at_end",
        "prediction-3": "entrants",
        "opens_at-5": "30/03/2026 00:00",
        "closes_at-5": "05/04/2026 24:00",
        "feedback-5": "immediate",
        "prediction-5": "",
    }
    new = forms.read_periods(RULES, form)
    third, fifth, was = new.periods[2], new.periods[4], RULES.periods[2]
    assert third.opens_at.isoformat() == "2026-03-17T08:00:00+07:00"
    assert (third.closes_at, third.feedback) == (was.closes_at, FeedbackMode.AT_END)
    assert (third.prediction, fifth.prediction) == (PredictionSubject.ENTRANTS, None)
    assert fifth.closes_at - fifth.opens_at == WEEK
    validate(new)


def test_clearing_the_last_period_takes_it_and_its_prizes_away() -> None:
    new = forms.read_periods(RULES, {"opens_at-4": "", "closes_at-4": " "})
    assert [rules.number for rules in new.periods] == [1, 2, 3]
    assert "week_4" not in {quota.code for quota in new.prizes.quotas}
    validate(new)


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"opens_at-2": "x"}, {"opens_at-2": ErrorCode.INSTANT_INVALID}),
        ({"closes_at-2": "09/03/2026 00:00"}, {"closes_at-2": ErrorCode.WINDOW_INVALID}),
        ({"opens_at-2": "08/03/2026 23:59"}, {"opens_at-2": ErrorCode.PERIODS_OVERLAP}),
        ({"opens_at-5": "30/03/2026 00:00"}, {"closes_at-5": ErrorCode.FIELD_MISSING}),
        ({"opens_at-1": "", "closes_at-1": ""}, {"opens_at-1": ErrorCode.FIELD_MISSING}),
        ({"feedback-2": "never"}, {"feedback-2": ErrorCode.FIELD_MISSING}),
    ],
)
def test_wrong_periods(form: dict[str, str], errors: dict[str, ErrorCode]) -> None:
    assert refused(forms.read_periods, form) == errors


def test_the_paper() -> None:
    form = {
        "count-1": "3",
        "topic-1": "Cơ chế một cửa",
        "difficulty-1": "2",
        "count-2": "",
        "topic-2": "left out",
        "count-4": "5",
        "topic-4": "",
        "difficulty-4": "any",
        "minutes": "20",
        "grace": "0",
        "attempts": "2",
        "counted": "last",
        "points": "10",
    }
    quiz = forms.read_paper(RULES, form).quiz
    assert quiz.blueprint == (BlueprintLine(3, "Cơ chế một cửa", 2), BlueprintLine(5))
    assert (quiz.duration_ms, quiz.grace_ms, quiz.attempts_allowed) == (1_200_000, 0, 2)
    assert (quiz.counted_attempt, quiz.points_per_question) == (CountedAttempt.LAST, 10)


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"minutes": "0"}, {"minutes": ErrorCode.NUMBER_INVALID}),
        ({"minutes": "1,5"}, {"minutes": ErrorCode.NUMBER_INVALID}),
        ({"grace": "-1"}, {"grace": ErrorCode.NUMBER_INVALID}),
        ({"count-1": " "}, {"count-1": ErrorCode.FIELD_MISSING}),
        ({"count-1": "101"}, {"count-1": ErrorCode.NUMBER_INVALID}),
        ({"count-1": "1", "difficulty-1": "4"}, {"difficulty-1": ErrorCode.NUMBER_INVALID}),
        ({"count-1": "1", "topic-1": "A", "count-2": "1", "difficulty-2": "1"}, {"count-2": ErrorCode.BLUEPRINT_MIXED}),
        ({"count-1": "1", "difficulty-1": "1", "count-2": "1", "topic-2": "A"}, {"count-2": ErrorCode.BLUEPRINT_MIXED}),
        ({"counted": "worst"}, {"counted": ErrorCode.FIELD_MISSING}),
    ],
)
def test_wrong_papers(form: dict[str, str], errors: dict[str, ErrorCode]) -> None:
    assert refused(forms.read_paper, form) == errors


def test_steps_move_between_the_first_and_the_last() -> None:
    score, used, finished, last = RULES.quiz.tie_break
    assert forms.move_step(RULES, finished, earlier=True).quiz.tie_break == (score, finished, used, last)
    for step, earlier in ((used, True), (score, False), (last, True), (finished, False)):
        assert forms.move_step(RULES, step, earlier=earlier) == RULES
    with_guess = forms.toggle_step(RULES, TieBreak.PREDICTION)
    assert with_guess.quiz.tie_break == (score, used, finished, TieBreak.PREDICTION, last)
    assert forms.toggle_step(with_guess, TieBreak.PREDICTION) == RULES
    assert forms.toggle_step(RULES, score) == RULES


def test_the_slogan_round() -> None:
    form = {
        "min_words": "8",
        "max_words": "15",
        "slogan_closes_at": "10/11/2026 24:00",
        "criterion-1": "Đúng tinh thần",
        "weight-1": "5",
        "anchor-1-1": "lạc đề",
        "anchor-1-2": "gần",
        "anchor-1-3": "đúng",
        "code-1": "spirit",
        "criterion-3": "Dễ nhớ",
        "weight-3": "2",
        "code-3": "spirit",
        "judges": "3",
        "aggregation": "trimmed_mean",
    }
    new = forms.read_slogan(RULES, form)
    assert (new.slogan.min_words, new.slogan.max_words) == (8, 15)
    assert new.slogan.closes_at.isoformat() == "2026-11-11T00:00:00+07:00"
    assert [(one.code, one.weight) for one in new.judging.criteria] == [("spirit", 5), ("spirit_3", 2)]
    assert new.judging.aggregation is Aggregation.TRIMMED_MEAN
    validate(new)
    assert refused(forms.read_slogan, {"min_words": "9", "max_words": "8"}) == {"max_words": ErrorCode.NUMBER_INVALID}
    assert refused(forms.read_slogan, {"aggregation": "trimmed_mean"}) == {"judges": ErrorCode.NUMBER_INVALID}
    assert refused(forms.read_slogan, {"criterion-1": ""}) == {"criterion-1": ErrorCode.FIELD_MISSING}


def test_units_and_prizes() -> None:
    new = forms.read_units(RULES, {"weight_participation": "40", "weight_score": "60", "minimum_rate": "25"})
    assert (new.collective.weight_participation, new.collective.weight_score) == (40, 60)
    nothing = {"weight_participation": "0", "weight_score": "0"}
    assert refused(forms.read_units, nothing) == {"weight_score": ErrorCode.NUMBER_INVALID}
    form = {
        "prize-1": "Giải Nhất",
        "kind-1": "unit",
        "period-1": "",
        "bloc-1": "cap_xa",
        "places-1": "2",
        "quota-1": "first",
        "prize-3": "Giải khẩu hiệu",
        "kind-3": "slogan",
        "period-3": "2",
        "places-3": "1",
        "quota-3": "first",
        "minimum_periods": "3",
        "one_per_person": "on",
    }
    prizes = forms.read_prizes(RULES, form).prizes
    one, other = prizes.quotas
    assert (one.kind, one.period, one.bloc, one.count, one.code) == (PrizeKind.UNIT, None, "cap_xa", 2, "first")
    assert (other.kind, other.period, other.code) == (PrizeKind.SLOGAN, None, "first_")
    assert (prizes.one_per_person, prizes.normalised_identity_only, prizes.minimum_periods) == (True, False, 3)
    validate(replace(RULES, prizes=prizes))
    wrong = {"prize-1": "x", "places-1": "0", "period-1": "9", "minimum_periods": "5"}
    assert set(refused(forms.read_prizes, wrong)) == {"places-1", "period-1", "minimum_periods"}
