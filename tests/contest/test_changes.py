"""Article 11: what may change after the first paper, and what has changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc_app.contest.changes import Begun, Difference, Lock, LockReason, RuleField, check_change, differences, locked
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.judging import Aggregation
from cchc_app.contest.regulations import BlueprintLine, FeedbackMode, PeriodRules, RuleSet, TieBreak
from tests.factories import NOW, WEEK, rules

RULES = rules()  # week 1 is over, week 2 open at NOW
NOTHING = Begun(frozenset(), judging=False)
TWO_WEEKS = Begun(frozenset({1, 2}), judging=False)
DAY = timedelta(days=1)


def week(number: int, **changes: object) -> RuleSet:
    periods = tuple(replace(p, **changes) if p.number == number else p for p in RULES.periods)
    return replace(RULES, periods=periods)


def refusal(new: RuleSet, begun: Begun, note: str = "") -> ErrorCode | None:
    try:
        check_change(old=RULES, new=new, begun=begun, note=note, now=NOW)
    except ContestError as error:
        return error.code
    return None


def test_before_the_first_paper_everything_is_free_but_an_open_week() -> None:
    states = locked(rule_set=RULES, begun=NOTHING, now=NOW)
    fixed = {key: state.reason for key, state in states.items() if state.lock is not Lock.FREE}
    assert fixed == {(RuleField.PERIOD, 2): LockReason.PERIOD_OPEN}
    assert len(states) == 12 + 4 * 5


@pytest.mark.parametrize(
    ("field", "period", "lock", "reason"),
    [
        (RuleField.OPENS_AT, 1, Lock.FIXED, LockReason.PAPERS_IN_PERIOD),
        (RuleField.CLOSES_AT, 1, Lock.FIXED, LockReason.PERIOD_OVER),
        (RuleField.CLOSES_AT, 2, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.FEEDBACK, 2, Lock.FIXED, LockReason.PAPERS_IN_PERIOD),
        (RuleField.PREDICTION, 2, Lock.FIXED, LockReason.PAPERS_IN_PERIOD),
        (RuleField.PERIOD, 2, Lock.FIXED, LockReason.PAPERS_IN_PERIOD),
        (RuleField.OPENS_AT, 3, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.PERIOD, 4, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.TIE_BREAK, None, Lock.FIXED, LockReason.PLACES_REST_ON_IT),
        (RuleField.COUNTED, None, Lock.FIXED, LockReason.PLACES_REST_ON_IT),
        (RuleField.POINTS, None, Lock.FIXED, LockReason.PLACES_REST_ON_IT),
        (RuleField.DURATION, None, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.BLUEPRINT, None, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.JUDGING, None, Lock.NOTE, LockReason.PAPERS_EXIST),
        (RuleField.PRIZES, None, Lock.NOTE, LockReason.PAPERS_EXIST),
    ],
)
def test_after_papers(field: RuleField, period: int | None, lock: Lock, reason: LockReason) -> None:
    state = locked(rule_set=RULES, begun=TWO_WEEKS, now=NOW)[field, period]
    assert (state.lock, state.reason) == (lock, reason)


def test_judging_that_has_begun_fixes_its_criteria_only() -> None:
    states = locked(rule_set=RULES, begun=Begun(frozenset(), judging=True), now=NOW)
    assert states[RuleField.JUDGING, None].reason is LockReason.JUDGING_BEGUN
    assert states[RuleField.PRIZES, None].lock is Lock.FREE


def test_differences_are_typed_and_in_order() -> None:
    later = RULES.periods[2].opens_at + DAY
    new = replace(week(3, opens_at=later), version=9, note="x")
    new = replace(new, quiz=replace(new.quiz, duration_ms=1, blueprint=(BlueprintLine(4),)))
    assert differences(RULES, new) == (
        Difference(RuleField.OPENS_AT, 3, RULES.periods[2].opens_at, later),
        Difference(RuleField.BLUEPRINT, None, RULES.quiz.blueprint, (BlueprintLine(4),)),
        Difference(RuleField.DURATION, None, 600_000, 1),
    )
    assert differences(RULES, replace(RULES, version=2, note="y")) == ()


def test_a_period_more_or_less_is_one_difference() -> None:
    last = RULES.periods[3]
    fewer = replace(RULES, periods=RULES.periods[:3])
    assert differences(RULES, fewer) == (Difference(RuleField.PERIOD, 4, last, None),)
    fifth = PeriodRules(5, last.closes_at, last.closes_at + WEEK)
    more = replace(RULES, periods=(*RULES.periods, fifth))
    assert differences(RULES, more) == (Difference(RuleField.PERIOD, 5, None, fifth),)


@pytest.mark.parametrize(
    ("new", "begun", "note", "code"),
    [
        (week(1, opens_at=NOW - 20 * DAY), NOTHING, "", None),
        (week(1, opens_at=NOW - 20 * DAY), TWO_WEEKS, "why", ErrorCode.FIELD_LOCKED),
        (week(2, closes_at=NOW + DAY), TWO_WEEKS, "why", None),
        (week(2, closes_at=NOW + DAY), TWO_WEEKS, "", ErrorCode.NOTE_MISSING),
        (week(2, closes_at=NOW - DAY), TWO_WEEKS, "why", ErrorCode.WINDOW_INVALID),
        (week(2, feedback=FeedbackMode.AT_END), TWO_WEEKS, "why", ErrorCode.FIELD_LOCKED),
        (week(3, feedback=FeedbackMode.AT_END), TWO_WEEKS, "why", None),
        (replace(RULES, periods=RULES.periods[:3]), TWO_WEEKS, "why", None),
        (replace(RULES, periods=RULES.periods[:1]), TWO_WEEKS, "why", ErrorCode.FIELD_LOCKED),
        (rules(tie_break=(TieBreak.SCORE, TieBreak.ATTEMPT_ID)), TWO_WEEKS, "why", ErrorCode.FIELD_LOCKED),
        (rules(tie_break=(TieBreak.SCORE, TieBreak.ATTEMPT_ID)), NOTHING, "", None),
        (rules(duration_ms=1), TWO_WEEKS, "why", None),
        (
            replace(RULES, judging=replace(RULES.judging, aggregation=Aggregation.MEDIAN)),
            Begun(frozenset(), judging=True),
            "why",
            ErrorCode.FIELD_LOCKED,
        ),
    ],
)
def test_what_is_refused(new: RuleSet, begun: Begun, note: str, code: ErrorCode | None) -> None:
    assert refusal(new, begun, note) is code
