"""What may change in the regulations once papers have been handed out (Article 11), and what has changed.

1. Before the first counted paper everything is free.
2. From then on every change needs a public note.
3. What papers or places already rest on is fixed: how places are computed, and the opening, the feedback and the
   prediction of a period with papers; of one that is over its end as well. Papers keep the duration and the questions
   they were handed out with, so that those may change for later ones.
4. The criteria of judging are fixed when judging begins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import PeriodRules, RuleSet


class RuleField(StrEnum):
    """One thing of the regulations that an organiser sets."""

    OPENS_AT = "opens_at"
    CLOSES_AT = "closes_at"
    FEEDBACK = "feedback"
    PREDICTION = "prediction"
    PERIOD = "period"  # that there is one at all
    BLUEPRINT = "blueprint"
    DURATION = "duration"
    GRACE = "grace"
    ATTEMPTS = "attempts"
    COUNTED = "counted"
    POINTS = "points"
    TIE_BREAK = "tie_break"
    SLOGAN_WORDS = "slogan_words"
    SLOGAN_DEADLINE = "slogan_deadline"
    JUDGING = "judging"
    COLLECTIVE = "collective"
    PRIZES = "prizes"


class Lock(StrEnum):
    """How far a field may still be changed."""

    FREE = "free"
    NOTE = "note"  # with a public note
    FIXED = "fixed"


class LockReason(StrEnum):
    """Why."""

    NO_PAPER_YET = "no_paper_yet"
    PAPERS_EXIST = "papers_exist"
    PAPERS_IN_PERIOD = "papers_in_period"
    PERIOD_OVER = "period_over"
    PERIOD_OPEN = "period_open"
    PLACES_REST_ON_IT = "places_rest_on_it"
    JUDGING_BEGUN = "judging_begun"


@dataclass(frozen=True, slots=True)
class LockState:
    """How far one field may be changed, and why."""

    lock: Lock
    reason: LockReason


@dataclass(frozen=True, slots=True)
class Begun:
    """What has happened under the rules.

    Attributes:
        periods: Numbers of the periods in which a counted paper was handed out.
        judging: Whether a round of judging was opened.
    """

    periods: frozenset[int]
    judging: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs; `before` and `after` are values of the rule set, None where there is no such period."""

    field: RuleField
    period: int | None
    before: object
    after: object


RANKING = frozenset({RuleField.COUNTED, RuleField.POINTS, RuleField.TIE_BREAK})
OF_PERIODS = (RuleField.OPENS_AT, RuleField.CLOSES_AT, RuleField.FEEDBACK, RuleField.PREDICTION)


def locked(*, rule_set: RuleSet, begun: Begun, now: datetime) -> dict[tuple[RuleField, int | None], LockState]:
    """How far every field of the rules in force may be changed at `now`, by field and period."""
    found: dict[tuple[RuleField, int | None], LockState] = {
        (field, None): _whole(field, begun) for field in RuleField if field not in (*OF_PERIODS, RuleField.PERIOD)
    }
    for rules in rule_set.periods:
        for field in OF_PERIODS:
            found[field, rules.number] = _of_period(field, rules, begun, now)
        found[RuleField.PERIOD, rules.number] = _removal(rules, begun, now)
    return found


def differences(old: RuleSet, new: RuleSet) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the articles; version and note are none."""
    return tuple(found for found in _compare(old, new) if found.before != found.after)


def check_change(*, old: RuleSet, new: RuleSet, begun: Begun, note: str, now: datetime) -> None:
    """Refuse what may not be put in force in place of `old` at `now` (Article 11).

    Raises:
        ContestError: FIELD_LOCKED, NOTE_MISSING, WINDOW_INVALID when a period with papers would end in the past.
    """
    states = locked(rule_set=old, begun=begun, now=now)
    for change in differences(old, new):
        state = states.get((change.field, change.period))
        if state is not None and state.lock is Lock.FIXED:
            raise ContestError(ErrorCode.FIELD_LOCKED)
        late = isinstance(change.after, datetime) and change.after < now
        if change.field is RuleField.CLOSES_AT and change.period in begun.periods and late:
            raise ContestError(ErrorCode.WINDOW_INVALID)
    if begun.periods and not note:
        raise ContestError(ErrorCode.NOTE_MISSING)


def _whole(field: RuleField, begun: Begun) -> LockState:
    if field is RuleField.JUDGING and begun.judging:
        return LockState(Lock.FIXED, LockReason.JUDGING_BEGUN)
    if not begun.periods:
        return LockState(Lock.FREE, LockReason.NO_PAPER_YET)
    if field in RANKING:
        return LockState(Lock.FIXED, LockReason.PLACES_REST_ON_IT)
    return LockState(Lock.NOTE, LockReason.PAPERS_EXIST)


def _of_period(field: RuleField, rules: PeriodRules, begun: Begun, now: datetime) -> LockState:
    if rules.number not in begun.periods:
        return _whole(field, begun)
    if field is not RuleField.CLOSES_AT:
        return LockState(Lock.FIXED, LockReason.PAPERS_IN_PERIOD)
    if rules.closes_at <= now:
        return LockState(Lock.FIXED, LockReason.PERIOD_OVER)
    return LockState(Lock.NOTE, LockReason.PAPERS_EXIST)


def _removal(rules: PeriodRules, begun: Begun, now: datetime) -> LockState:
    if rules.number in begun.periods:
        return LockState(Lock.FIXED, LockReason.PAPERS_IN_PERIOD)
    if rules.opens_at <= now < rules.closes_at:
        return LockState(Lock.FIXED, LockReason.PERIOD_OPEN)  # somebody may be beginning one
    return _whole(RuleField.PERIOD, begun)


def _compare(old: RuleSet, new: RuleSet) -> Iterator[Difference]:
    before, after = ({rules.number: rules for rules in one.periods} for one in (old, new))
    for number in sorted(before | after):
        if number not in before or number not in after:
            yield Difference(RuleField.PERIOD, number, before.get(number), after.get(number))
            continue
        for field in OF_PERIODS:
            yield Difference(field, number, getattr(before[number], field), getattr(after[number], field))
    values = (_values(old), _values(new))
    for field in values[0]:
        yield Difference(field, None, values[0][field], values[1][field])


def _values(rule_set: RuleSet) -> dict[RuleField, object]:
    quiz, slogan = rule_set.quiz, rule_set.slogan
    return {
        RuleField.ATTEMPTS: quiz.attempts_allowed,
        RuleField.COUNTED: quiz.counted_attempt,
        RuleField.BLUEPRINT: quiz.blueprint,
        RuleField.DURATION: quiz.duration_ms,
        RuleField.GRACE: quiz.grace_ms,
        RuleField.POINTS: quiz.points_per_question,
        RuleField.TIE_BREAK: quiz.tie_break,
        RuleField.SLOGAN_WORDS: (slogan.min_words, slogan.max_words, slogan.explanation_max_words),
        RuleField.SLOGAN_DEADLINE: slogan.closes_at,
        RuleField.JUDGING: rule_set.judging,
        RuleField.COLLECTIVE: rule_set.collective,
        RuleField.PRIZES: rule_set.prizes,
    }
