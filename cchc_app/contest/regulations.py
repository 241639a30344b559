"""The regulations of a contest as one value: what the code rules by is what the rules page says.

Articles, cited by the other modules of this package:

1. Periods. Every period is a half-open window `[opens, closes)`; a phase is decided by the server's clock.
2. Participants. One person, one account, by citizen ID; what is checked and what only warns.
3. Attempts. How many papers a period allows and which of them counts; who is ranked.
4. Papers. Drawn by blueprint from a published recipe and a seed kept with the paper; frozen once drawn.
5. Time. Deadline, personal extra time, grace for the network, time used, abandoned papers.
6. Marking. One point value for every question; several options may be accepted.
7. Feedback. When the right option and its explanation may be shown, when an answer may change.
8. Prediction. The optional guess about the period and its error.
9. Ranking. The chain of tie-breaks, a total order; the overall board.
10. Slogan. One per unit, counted in words, until its own deadline.
11. Versions and receipts. A rule set is versioned and every paper cites its digest; a change after the first attempt
    needs a public note. Every paper has a receipt.
12. Judging. Criteria with weights, several judges per slogan, none of the own unit, blind and independent.
13. Units. Participation rate and mean score, weighted; a gate for small participation.
14. Prizes. A published list with quotas, and who may win.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from cchc_app.contest import collective, judging, older_rules, prize_rules
from cchc_app.contest.collective import CollectiveRules
from cchc_app.contest.judging import JudgingRules
from cchc_app.contest.prize_rules import PrizeRules
from cchc_app.contest.schedule import Window

MAX_POINTS = 999_999  # of one person in the whole contest: six digits of the rank key


class FeedbackMode(StrEnum):
    """When a participant sees right and wrong (Article 7)."""

    IMMEDIATE = "immediate"
    AT_END = "at_end"
    AFTER_CLOSE = "after_close"


class CountedAttempt(StrEnum):
    """Which of a person's papers in a period counts (Article 3)."""

    FIRST = "first"
    BEST = "best"
    LAST = "last"


class TieBreak(StrEnum):
    """A step of the ranking chain; the value names the quantity and the direction that is better (Article 9)."""

    SCORE = "score_desc"
    PREDICTION = "prediction_error_asc"
    TIME_USED = "time_used_asc"
    FINISHED_AT = "finished_at_asc"
    ATTEMPT_ID = "attempt_id_asc"


class PredictionSubject(StrEnum):
    """What the prediction question of a period asks for (Article 8)."""

    ENTRANTS = "entrants"
    PERFECT_SCORES = "perfect_scores"


@dataclass(frozen=True, slots=True)
class BlueprintLine:
    """So many questions of a topic and a difficulty; None means any (Article 4)."""

    count: int
    topic: str | None = None
    difficulty: int | None = None


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """One period (week) of the quiz (Articles 1, 7, 8)."""

    number: int
    opens_at: datetime
    closes_at: datetime
    feedback: FeedbackMode = FeedbackMode.IMMEDIATE
    prediction: PredictionSubject | None = None

    @property
    def window(self) -> Window:
        """The period's half-open window; ValueError if it has no length."""
        return Window(self.opens_at, self.closes_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizRules:
    """The quiz of every period (Articles 3 to 6 and 9)."""

    blueprint: tuple[BlueprintLine, ...]
    duration_ms: int
    grace_ms: int
    attempts_allowed: int
    counted_attempt: CountedAttempt
    points_per_question: int = 1
    tie_break: tuple[TieBreak, ...]

    @property
    def question_count(self) -> int:
        """Questions on one paper."""
        return sum(line.count for line in self.blueprint)


@dataclass(frozen=True, slots=True)
class SloganRules:
    """The slogan round: limits in words, the instant from which nothing is accepted any more (Article 10)."""

    min_words: int
    max_words: int
    explanation_max_words: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One published version of the regulations (Article 11)."""

    version: int
    note: str
    quiz: QuizRules
    periods: tuple[PeriodRules, ...]
    slogan: SloganRules
    judging: JudgingRules
    collective: CollectiveRules
    prizes: PrizeRules


def period(rule_set: RuleSet, number: int) -> PeriodRules:
    """The rules of period `number` (from 1); LookupError if the contest has no such period."""
    for rules in rule_set.periods:
        if rules.number == number:
            return rules
    raise LookupError(f"no period {number}")


def validate(rule_set: RuleSet) -> None:
    """Refuse, with ValueError, rules that contradict themselves or that cannot rank everybody."""
    _require(rule_set.version >= 1, "version counts from 1")
    _validate_quiz(rule_set.quiz)
    _validate_periods(rule_set.periods)
    slogan = rule_set.slogan
    _require(1 <= slogan.min_words <= slogan.max_words, "slogan words: 1 <= min_words <= max_words")
    _require(slogan.explanation_max_words >= 0, "explanation_max_words is negative")
    _require_instant(slogan.closes_at, "slogan.closes_at")
    judging.validate(rule_set.judging)
    collective.validate(rule_set.collective)
    prize_rules.validate(rule_set.prizes, period_count=len(rule_set.periods))
    most = len(rule_set.periods) * rule_set.quiz.question_count * rule_set.quiz.points_per_question
    _require(most <= MAX_POINTS, f"a person could earn more than {MAX_POINTS} points")


def _validate_quiz(quiz: QuizRules) -> None:
    _require(bool(quiz.blueprint), "the blueprint is empty")
    _require(all(line.count >= 1 for line in quiz.blueprint), "a blueprint line asks for no question")
    by_topic = any(line.topic is not None and line.difficulty is None for line in quiz.blueprint)
    by_difficulty = any(line.topic is None and line.difficulty is not None for line in quiz.blueprint)
    # Such lines compete for the same questions: whether a paper could be drawn would depend on the seed.
    _require(not (by_topic and by_difficulty), "blueprint lines by topic only and by difficulty only do not mix")
    _require(quiz.duration_ms > 0, "duration_ms must be positive")
    _require(quiz.grace_ms >= 0, "grace_ms is negative")
    _require(quiz.attempts_allowed >= 1, "attempts_allowed counts from 1")
    _require(quiz.points_per_question >= 1, "points_per_question counts from 1")
    chain = quiz.tie_break
    _require(chain[:1] == (TieBreak.SCORE,), "the tie-break chain must begin with the score")
    _require(chain[-1] is TieBreak.ATTEMPT_ID, "the tie-break chain must end with the attempt id, or ties remain")
    _require(len(set(chain)) == len(chain), "the tie-break chain repeats a step")


def _validate_periods(periods: tuple[PeriodRules, ...]) -> None:
    _require(bool(periods), "the contest has no period")
    numbers = [rules.number for rules in periods]
    _require(numbers == list(range(1, len(periods) + 1)), "periods are numbered 1, 2, 3, ... in order")
    for rules in periods:
        _require_instant(rules.opens_at, f"period {rules.number} opens_at")
        _require_instant(rules.closes_at, f"period {rules.number} closes_at")
        _require(rules.opens_at < rules.closes_at, f"period {rules.number} must close after it opens")
    for one, following in pairwise(periods):
        _require(one.closes_at <= following.opens_at, f"periods {one.number} and {following.number} overlap")


def _require_instant(instant: datetime, name: str) -> None:
    _require(instant.tzinfo is not None, f"{name} has no time zone")
    _require(instant.microsecond % 1000 == 0, f"{name} is finer than a millisecond")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def to_json(rule_set: RuleSet) -> dict[str, Any]:
    """The value as JSON types; instants as ISO 8601 in UTC with milliseconds and `Z`."""
    quiz = rule_set.quiz
    return {
        "version": rule_set.version,
        "note": rule_set.note,
        "quiz": {
            "blueprint": [
                {"count": line.count, "topic": line.topic, "difficulty": line.difficulty} for line in quiz.blueprint
            ],
            "duration_ms": quiz.duration_ms,
            "grace_ms": quiz.grace_ms,
            "attempts_allowed": quiz.attempts_allowed,
            "counted_attempt": quiz.counted_attempt.value,
            "points_per_question": quiz.points_per_question,
            "tie_break": [step.value for step in quiz.tie_break],
        },
        "periods": [
            {
                "number": rules.number,
                "opens_at": _iso(rules.opens_at),
                "closes_at": _iso(rules.closes_at),
                "feedback": rules.feedback.value,
                "prediction": None if rules.prediction is None else rules.prediction.value,
            }
            for rules in rule_set.periods
        ],
        "slogan": {
            "min_words": rule_set.slogan.min_words,
            "max_words": rule_set.slogan.max_words,
            "explanation_max_words": rule_set.slogan.explanation_max_words,
            "closes_at": _iso(rule_set.slogan.closes_at),
        },
        "judging": judging.to_json(rule_set.judging),
        "collective": collective.to_json(rule_set.collective),
        "prizes": prize_rules.to_json(rule_set.prizes),
    }


def from_json(body: dict[str, Any]) -> RuleSet:
    """The rule set that `to_json` wrote, now or before Articles 12 to 14, validated.

    Raises:
        ValueError, KeyError, TypeError: If it is not one.
    """
    body = older_rules.completed(body)
    quiz, slogan = body["quiz"], body["slogan"]
    rule_set = RuleSet(
        version=body["version"],
        note=body["note"],
        quiz=QuizRules(
            **quiz
            | {
                "blueprint": tuple(BlueprintLine(**line) for line in quiz["blueprint"]),
                "counted_attempt": CountedAttempt(quiz["counted_attempt"]),
                "tie_break": tuple(TieBreak(step) for step in quiz["tie_break"]),
            }
        ),
        periods=tuple(_period_from_json(rules) for rules in body["periods"]),
        slogan=SloganRules(**slogan | {"closes_at": _instant(slogan["closes_at"])}),
        judging=judging.from_json(body["judging"]),
        collective=collective.from_json(body["collective"]),
        prizes=prize_rules.from_json(body["prizes"]),
    )
    validate(rule_set)
    return rule_set


def _period_from_json(rules: dict[str, Any]) -> PeriodRules:
    prediction = rules["prediction"]
    return PeriodRules(
        **rules
        | {
            "opens_at": _instant(rules["opens_at"]),
            "closes_at": _instant(rules["closes_at"]),
            "feedback": FeedbackMode(rules["feedback"]),
            "prediction": None if prediction is None else PredictionSubject(prediction),
        }
    )


def digest(rule_set: RuleSet) -> str:
    """SHA-256, in hex, of the JSON form with sorted keys and no spaces, in UTF-8 (Article 11)."""
    canonical = json.dumps(to_json(rule_set), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    # astimezone would silently take a naive time for this machine's own.
    _require(instant.tzinfo is not None, f"{text} has no time zone")
    return instant.astimezone(UTC)
