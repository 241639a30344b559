"""Article 11 and the coherence of the whole: validation, JSON form, digest."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.regulations import (
    BlueprintLine,
    CountedAttempt,
    FeedbackMode,
    PeriodRules,
    PredictionSubject,
    QuizRules,
    RuleSet,
    SloganRules,
    TieBreak,
    digest,
    from_json,
    period,
    to_json,
    validate,
)
from cchc_app.contest.schedule import Window
from tests.factories import COLLECTIVE, JUDGING, PRIZES

MONDAY = datetime(2025, 11, 2, 17, tzinfo=UTC)
WEEK = timedelta(days=7)
CHAIN = (TieBreak.SCORE, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)
QUIZ = QuizRules(
    blueprint=(BlueprintLine(12), BlueprintLine(8, topic="Cải cách thể chế", difficulty=2)),
    duration_ms=1_200_000,
    grace_ms=3_000,
    attempts_allowed=1,
    counted_attempt=CountedAttempt.BEST,
    tie_break=CHAIN,
)
WEEKS = tuple(PeriodRules(i + 1, MONDAY + i * WEEK, MONDAY + (i + 1) * WEEK) for i in range(4))
RULES = RuleSet(
    version=1,
    note="Bản đầu",
    quiz=QUIZ,
    periods=WEEKS,
    slogan=SloganRules(10, 20, 300, datetime(2025, 11, 10, 17, tzinfo=UTC)),
    judging=JUDGING,
    collective=COLLECTIVE,
    prizes=PRIZES,
)


def quiz(**changes: object) -> RuleSet:
    return replace(RULES, quiz=replace(QUIZ, **changes))


def week_two(**changes: object) -> RuleSet:
    return replace(RULES, periods=(WEEKS[0], replace(WEEKS[1], **changes), *WEEKS[2:]))


def slogan(**changes: object) -> RuleSet:
    return replace(RULES, slogan=replace(RULES.slogan, **changes))


def test_coherent_rules_pass() -> None:
    validate(RULES)
    assert RULES.quiz.question_count == 20


@pytest.mark.parametrize(
    ("rule_set", "message"),
    [
        pytest.param(replace(RULES, version=0), "version counts from 1", id="version"),
        pytest.param(quiz(blueprint=()), "the blueprint is empty", id="no blueprint"),
        pytest.param(quiz(blueprint=(BlueprintLine(0),)), "asks for no question", id="empty line"),
        pytest.param(
            quiz(blueprint=(BlueprintLine(1, topic="a"), BlueprintLine(1, difficulty=1))),
            "do not mix",
            id="mixed lines",
        ),
        pytest.param(quiz(duration_ms=0), "duration_ms must be positive", id="no time"),
        pytest.param(quiz(grace_ms=-1), "grace_ms is negative", id="grace"),
        pytest.param(quiz(attempts_allowed=0), "attempts_allowed counts from 1", id="no attempt"),
        pytest.param(quiz(points_per_question=0), "points_per_question counts from 1", id="no points"),
        pytest.param(quiz(points_per_question=12_500), "more than 999999 points", id="points beyond the rank key"),
        pytest.param(quiz(tie_break=()), "must begin with the score", id="no chain"),
        pytest.param(quiz(tie_break=CHAIN[1:]), "must begin with the score", id="chain without score"),
        pytest.param(quiz(tie_break=CHAIN[:-1]), "must end with the attempt id", id="chain that leaves ties"),
        pytest.param(quiz(tie_break=(*CHAIN[:2], *CHAIN[1:])), "repeats a step", id="chain with a step twice"),
        pytest.param(replace(RULES, periods=()), "has no period", id="no period"),
        pytest.param(replace(RULES, periods=WEEKS[1:]), "numbered 1, 2, 3", id="numbers from 2"),
        pytest.param(replace(RULES, periods=WEEKS[::-1]), "numbered 1, 2, 3", id="backwards"),
        pytest.param(week_two(number=3), "numbered 1, 2, 3", id="a number missing"),
        pytest.param(week_two(closes_at=WEEKS[1].opens_at), "period 2 must close after it opens", id="no length"),
        pytest.param(
            week_two(closes_at=WEEKS[2].opens_at + timedelta(milliseconds=1)), "periods 2 and 3 overlap", id="overlap"
        ),
        pytest.param(
            week_two(opens_at=WEEKS[1].opens_at.replace(tzinfo=None)), "period 2 opens_at has no time zone", id="naive"
        ),
        pytest.param(
            week_two(closes_at=WEEKS[1].closes_at - timedelta(microseconds=1)),
            "period 2 closes_at is finer than a millisecond",
            id="microseconds",
        ),
        pytest.param(slogan(min_words=0), "1 <= min_words <= max_words", id="no word"),
        pytest.param(slogan(max_words=9), "1 <= min_words <= max_words", id="fewer than the least"),
        pytest.param(slogan(explanation_max_words=-1), "explanation_max_words is negative", id="explanation"),
        pytest.param(slogan(closes_at=datetime(2025, 11, 11)), "slogan.closes_at has no time zone", id="naive slogan"),  # noqa: DTZ001
    ],
)
def test_incoherent_rules_are_refused(rule_set: RuleSet, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        validate(rule_set)


@pytest.mark.parametrize(
    "rule_set",
    [
        pytest.param(
            quiz(blueprint=(BlueprintLine(1, topic="a", difficulty=1), BlueprintLine(1, topic="a"), BlueprintLine(1))),
            id="nested lines",
        ),
        pytest.param(quiz(tie_break=(TieBreak.SCORE, TieBreak.ATTEMPT_ID)), id="the shortest chain"),
        pytest.param(quiz(points_per_question=12_499), id="the most points"),
        pytest.param(week_two(closes_at=WEEKS[1].closes_at - timedelta(days=2)), id="a pause between periods"),
        pytest.param(slogan(min_words=20, explanation_max_words=0), id="exactly 20 words, no explanation"),
    ],
)
def test_coherent_variations_pass(rule_set: RuleSet) -> None:
    validate(rule_set)


def test_json_form() -> None:
    body = to_json(week_two(feedback=FeedbackMode.AFTER_CLOSE, prediction=PredictionSubject.PERFECT_SCORES))
    assert body["quiz"] == {
        "blueprint": [
            {"count": 12, "topic": None, "difficulty": None},
            {"count": 8, "topic": "Cải cách thể chế", "difficulty": 2},
        ],
        "duration_ms": 1_200_000,
        "grace_ms": 3_000,
        "attempts_allowed": 1,
        "counted_attempt": "best",
        "points_per_question": 1,
        "tie_break": ["score_desc", "time_used_asc", "finished_at_asc", "attempt_id_asc"],
    }
    assert body["periods"][1] == {
        "number": 2,
        "opens_at": "2025-11-09T17:00:00.000Z",
        "closes_at": "2025-11-16T17:00:00.000Z",
        "feedback": "after_close",
        "prediction": "perfect_scores",
    }
    assert body["slogan"] == {
        "min_words": 10,
        "max_words": 20,
        "explanation_max_words": 300,
        "closes_at": "2025-11-10T17:00:00.000Z",
    }


@given(
    version=st.integers(1, 10**6),
    note=st.text(st.characters(codec="utf-8")),
    counted=st.sampled_from(CountedAttempt),
    feedback=st.sampled_from(FeedbackMode),
    prediction=st.sampled_from([None, *PredictionSubject]),
    lead_ms=st.integers(0, 10**8),
)
def test_json_round_trip(
    version: int,
    note: str,
    counted: CountedAttempt,
    feedback: FeedbackMode,
    prediction: PredictionSubject | None,
    lead_ms: int,
) -> None:
    first = replace(
        WEEKS[0], opens_at=MONDAY - timedelta(milliseconds=lead_ms), feedback=feedback, prediction=prediction
    )
    rule_set = replace(
        RULES,
        version=version,
        note=note,
        quiz=replace(QUIZ, counted_attempt=counted),
        periods=(first, *WEEKS[1:]),
    )
    again = from_json(json.loads(json.dumps(to_json(rule_set))))
    assert again == rule_set
    assert digest(again) == digest(rule_set)


def test_digest_is_that_of_the_canonical_json() -> None:
    canonical = json.dumps(to_json(RULES), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest(RULES) == hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def test_digest_ignores_how_an_instant_is_written() -> None:
    local = timezone(timedelta(hours=7))
    assert digest(slogan(closes_at=RULES.slogan.closes_at.astimezone(local))) == digest(RULES)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(RULES, version=2), id="version"),
        pytest.param(replace(RULES, note=""), id="note"),
        pytest.param(quiz(grace_ms=3_001), id="one millisecond of grace"),
        pytest.param(quiz(tie_break=(CHAIN[0], CHAIN[2], CHAIN[1], CHAIN[3])), id="order of the chain"),
        pytest.param(quiz(blueprint=QUIZ.blueprint[::-1]), id="order of the blueprint"),
        pytest.param(week_two(feedback=FeedbackMode.AT_END), id="feedback of one week"),
    ],
)
def test_any_change_changes_the_digest(changed: RuleSet) -> None:
    assert digest(changed) != digest(RULES)


@pytest.mark.parametrize(
    ("place", "value", "error"),
    [
        pytest.param(("quiz", "tie_break"), ["time_used_asc"], ValueError, id="incoherent"),
        pytest.param(("quiz", "counted_attempt"), "worst", ValueError, id="unknown word"),
        pytest.param(("quiz", "bonus"), 1, TypeError, id="unknown field"),
        pytest.param(("slogan", "closes_at"), "2025-11-11", ValueError, id="no time zone"),
    ],
)
def test_a_damaged_json_form_is_refused(place: tuple[str, str], value: object, error: type[Exception]) -> None:
    body = to_json(RULES)
    body[place[0]][place[1]] = value
    with pytest.raises(error):
        from_json(body)


def test_a_missing_field_is_refused() -> None:
    body = to_json(RULES)
    del body["slogan"]["closes_at"]
    with pytest.raises(KeyError):
        from_json(body)


@pytest.mark.parametrize("missing", [("prizes",), ("prizes", "collective"), ("prizes", "collective", "judging")])
def test_a_body_from_before_an_article_is_read_as_what_held_then(missing: tuple[str, ...]) -> None:
    body = {name: part for name, part in to_json(RULES).items() if name not in missing}
    found = from_json(body)
    validate(found)
    assert (found.quiz, found.periods, found.slogan) == (RULES.quiz, RULES.periods, RULES.slogan)
    assert found.prizes.quotas == ()
    if "collective" in missing:
        assert (found.collective.minimum_participants, found.collective.minimum_rate) == (1, 0)
    assert (found.judging == RULES.judging) is ("judging" not in missing)
    assert set(body).isdisjoint(missing)  # what was stored is left as it is


def test_period_by_number() -> None:
    assert period(RULES, 2) == WEEKS[1]
    assert period(RULES, 2).window == Window(MONDAY + WEEK, MONDAY + 2 * WEEK)


@pytest.mark.parametrize("number", [0, 5])
def test_no_such_period(number: int) -> None:
    with pytest.raises(LookupError, match=f"no period {number}"):
        period(RULES, number)
