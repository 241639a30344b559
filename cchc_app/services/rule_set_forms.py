"""Forms of the draft of the rules: what an organiser typed, read into the rule set. A field a form lacks stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.judging import Aggregation, Criterion
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota
from cchc_app.contest.regulations import (
    MAX_POINTS,
    BlueprintLine,
    CountedAttempt,
    FeedbackMode,
    PeriodRules,
    PredictionSubject,
    RuleSet,
    TieBreak,
)
from cchc_app.services import typed_fields
from cchc_app.services.field_errors import Fields

Form = Mapping[str, str]
T = TypeVar("T")
MAX_PERIODS, MAX_LINES, MAX_CRITERIA, MAX_QUOTAS = 26, 60, 12, 120
MINUTE_MS, SECOND_MS = 60_000, 1_000
ANY = "any"
FAR = datetime(9000, 1, 1, tzinfo=UTC)
OPTIONAL_STEPS = (TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.FINISHED_AT)


class _Reader:
    """One form over the values that hold so far."""

    def __init__(self, form: Form) -> None:
        self.form, self.fields = form, Fields()

    def read(self, name: str, old: T, parse: Callable[[str], T]) -> T:
        """A field as typed; what it was when the form lacks it or it is refused."""
        if name not in self.form:
            return old
        value = self.fields.read(name, lambda: parse(self.form[name]))
        return old if name in self.fields.errors else value  # type: ignore[return-value]

    def number(self, name: str, old: int, lowest: int, highest: int) -> int:
        """A whole number."""
        return self.read(name, old, lambda raw: typed_fields.number(raw, lowest=lowest, highest=highest))

    def refuse(self, name: str, code: ErrorCode) -> None:
        """Note what is wrong with a field, unless something is noted already."""
        self.fields.errors.setdefault(name, ContestError(code))


def read_periods(old: RuleSet, form: Form) -> RuleSet:
    """The periods: a row without times is left out; the first such row ends the list.

    Raises:
        FieldErrors: `opens_at-1`, `closes_at-1`, `feedback-1`, `prediction-1` and so on.
    """
    reader, before = _Reader(form), {rules.number: rules for rules in old.periods}
    periods: list[PeriodRules] = []
    for number in range(1, MAX_PERIODS + 1):
        known = before.get(number)
        typed = any(form.get(f"{name}-{number}", "").strip() for name in ("opens_at", "closes_at"))
        if not typed and (known is None or f"closes_at-{number}" in form):
            break
        periods.append(_period(reader, number, known))
    for one, following in pairwise(periods):
        if following.opens_at < one.closes_at:
            reader.refuse(f"opens_at-{following.number}", ErrorCode.PERIODS_OVERLAP)
    if not periods:
        reader.refuse("opens_at-1", ErrorCode.FIELD_MISSING)
    reader.fields.refuse_if_wrong()
    return replace(old, periods=tuple(periods), prizes=_prizes_within(old, len(periods)))


def _period(reader: _Reader, number: int, known: PeriodRules | None) -> PeriodRules:
    start = known or PeriodRules(number, FAR, FAR + timedelta(days=1))
    if known is None:  # nothing of a new one stays as it was
        empty = {f"{name}-{number}": "" for name in ("opens_at", "closes_at")}
        reader.form = {**empty, **reader.form}
    opens_at = reader.read(f"opens_at-{number}", start.opens_at, typed_fields.instant)
    closes_at = reader.read(f"closes_at-{number}", start.closes_at, typed_fields.instant)
    wrong = {f"opens_at-{number}", f"closes_at-{number}"} & reader.fields.errors.keys()
    if not wrong and closes_at <= opens_at:
        reader.refuse(f"closes_at-{number}", ErrorCode.WINDOW_INVALID)
    return PeriodRules(
        number,
        opens_at,
        closes_at,
        reader.read(f"feedback-{number}", start.feedback, lambda raw: _choice(FeedbackMode, raw)),
        reader.read(f"prediction-{number}", start.prediction, _prediction),
    )


def _prizes_within(old: RuleSet, count: int):
    """A prize list without prizes of periods that are no more."""
    quotas = tuple(quota for quota in old.prizes.quotas if quota.period is None or quota.period <= count)
    return replace(old.prizes, quotas=quotas, minimum_periods=min(old.prizes.minimum_periods, count))


def read_paper(old: RuleSet, form: Form) -> RuleSet:
    """Blueprint, duration, grace, attempts: a line without a count is left out.

    Raises:
        FieldErrors: `count-1` and so on, `minutes`, `grace`, `attempts`, `counted`, `points`.
    """
    reader, quiz = _Reader(form), old.quiz
    lines = _lines(reader, form) if any(name.startswith("count-") for name in form) else quiz.blueprint
    changed = replace(
        quiz,
        blueprint=lines,
        duration_ms=reader.number("minutes", quiz.duration_ms // MINUTE_MS, 1, 600) * MINUTE_MS,
        grace_ms=reader.number("grace", quiz.grace_ms // SECOND_MS, 0, 60) * SECOND_MS,
        attempts_allowed=reader.number("attempts", quiz.attempts_allowed, 1, 50),
        counted_attempt=reader.read("counted", quiz.counted_attempt, lambda raw: _choice(CountedAttempt, raw)),
        points_per_question=reader.number("points", quiz.points_per_question, 1, 100),
    )
    if len(old.periods) * changed.question_count * changed.points_per_question > MAX_POINTS:
        reader.refuse("points", ErrorCode.NUMBER_INVALID)
    reader.fields.refuse_if_wrong()
    return replace(old, quiz=changed)


def _lines(reader: _Reader, form: Form) -> tuple[BlueprintLine, ...]:
    lines: list[BlueprintLine] = []
    for n in range(1, MAX_LINES + 1):
        if not form.get(f"count-{n}", "").strip():
            continue
        count = reader.number(f"count-{n}", 1, 1, 100)
        topic = reader.read(f"topic-{n}", None, lambda raw: typed_fields.line(raw, needed=False) or None)
        difficulty = reader.read(f"difficulty-{n}", None, _difficulty)
        lines.append(BlueprintLine(count, topic, difficulty))
        only_difficulty = topic is None and difficulty is not None
        if only_difficulty and any(line.topic is not None and line.difficulty is None for line in lines):
            reader.refuse(f"count-{n}", ErrorCode.BLUEPRINT_MIXED)
        only_topic = topic is not None and difficulty is None
        if only_topic and any(line.topic is None and line.difficulty is not None for line in lines):
            reader.refuse(f"count-{n}", ErrorCode.BLUEPRINT_MIXED)
    if not lines:
        reader.refuse("count-1", ErrorCode.FIELD_MISSING)
    return tuple(lines)


def move_step(old: RuleSet, step: TieBreak, *, earlier: bool) -> RuleSet:
    """The chain with one step one place earlier or later; the first and the last step stay."""
    first, *middle, last = old.quiz.tie_break
    here = middle.index(step) if step in middle else -1
    there = here + (-1 if earlier else 1)
    if here >= 0 and 0 <= there < len(middle):
        middle[here], middle[there] = middle[there], middle[here]
    return replace(old, quiz=replace(old.quiz, tie_break=(first, *middle, last)))


def toggle_step(old: RuleSet, step: TieBreak) -> RuleSet:
    """The chain without a step it has, or with one it lacks before the last; the first and the last step stay."""
    first, *middle, last = old.quiz.tie_break
    if step in OPTIONAL_STEPS:
        middle = [one for one in middle if one is not step] if step in middle else [*middle, step]
    return replace(old, quiz=replace(old.quiz, tie_break=(first, *middle, last)))


def read_slogan(old: RuleSet, form: Form) -> RuleSet:
    """Limits, deadline, judging: a criterion without a name is left out.

    Raises:
        FieldErrors: `min_words`, `max_words`, `explanation_words`, `slogan_closes_at`, `criterion-1`, `weight-1`, …
    """
    reader, slogan, judging = _Reader(form), old.slogan, old.judging
    fewest = reader.number("min_words", slogan.min_words, 1, 100)
    rules = replace(
        slogan,
        min_words=fewest,
        max_words=reader.number("max_words", slogan.max_words, fewest, 200),
        explanation_max_words=reader.number("explanation_words", slogan.explanation_max_words, 0, 2_000),
        closes_at=reader.read("slogan_closes_at", slogan.closes_at, typed_fields.instant),
    )
    judges = reader.number("judges", judging.judges_per_slogan, 1, 20)
    aggregation = reader.read("aggregation", judging.aggregation, lambda raw: _choice(Aggregation, raw))
    if aggregation is Aggregation.TRIMMED_MEAN and judges < 3:
        reader.fields.errors.setdefault("judges", ContestError(ErrorCode.NUMBER_INVALID, lowest=3, highest=20))
    highest = reader.number("highest", judging.highest, judging.lowest + 1, 100)
    changed = replace(
        judging,
        criteria=_criteria(reader, form) if any(name.startswith("criterion-") for name in form) else judging.criteria,
        highest=highest,
        judges_per_slogan=judges,
        aggregation=aggregation,
        spread_alert=reader.number("spread", judging.spread_alert, 1, highest),
    )
    reader.fields.refuse_if_wrong()
    return replace(old, slogan=rules, judging=changed)


def _criteria(reader: _Reader, form: Form) -> tuple[Criterion, ...]:
    criteria: list[Criterion] = []
    for n in range(1, MAX_CRITERIA + 1):
        name = reader.read(f"criterion-{n}", "", lambda raw: typed_fields.line(raw, most=120, needed=False))
        if not name:
            continue
        anchors = tuple(
            reader.read(f"anchor-{n}-{place}", "", lambda raw: typed_fields.line(raw, most=200, needed=False))
            for place in range(1, 4)
        )
        weight = reader.number(f"weight-{n}", 1, 1, 100)
        code = form.get(f"code-{n}", "").strip()[:40] or f"criterion_{n}"
        taken = {one.code for one in criteria}
        criteria.append(Criterion(code if code not in taken else f"{code}_{n}", name, weight, anchors))
    if not criteria:
        reader.refuse("criterion-1", ErrorCode.FIELD_MISSING)
    return tuple(criteria)


def read_units(old: RuleSet, form: Form) -> RuleSet:
    """How units are compared.

    Raises:
        FieldErrors: `weight_participation`, `weight_score`, `minimum_participants`, `minimum_rate`.
    """
    reader, rules = _Reader(form), old.collective
    changed = replace(
        rules,
        weight_participation=reader.number("weight_participation", rules.weight_participation, 0, 100),
        weight_score=reader.number("weight_score", rules.weight_score, 0, 100),
        minimum_participants=reader.number("minimum_participants", rules.minimum_participants, 1, 100_000),
        minimum_rate=reader.number("minimum_rate", rules.minimum_rate, 0, 100),
    )
    if changed.weight_participation + changed.weight_score == 0:
        reader.fields.errors["weight_score"] = ContestError(ErrorCode.NUMBER_INVALID, lowest=1, highest=100)
    reader.fields.refuse_if_wrong()
    return replace(old, collective=changed)


def read_prizes(old: RuleSet, form: Form) -> RuleSet:
    """The prize list: a row without a title is left out.

    Raises:
        FieldErrors: `prize-1`, `places-1`, … and `minimum_periods`.
    """
    reader, quotas = _Reader(form), []
    for n in range(1, MAX_QUOTAS + 1):
        title = reader.read(f"prize-{n}", "", lambda raw: typed_fields.line(raw, most=120, needed=False))
        if title:
            quotas.append(_quota(reader, form, n, title, {quota.code for quota in quotas}, len(old.periods)))
    rules = replace(
        old.prizes,
        quotas=tuple(quotas),
        one_per_person=form.get("one_per_person") == "on",
        normalised_identity_only=form.get("normalised_only") == "on",
        minimum_periods=reader.number("minimum_periods", old.prizes.minimum_periods, 1, len(old.periods)),
    )
    reader.fields.refuse_if_wrong()
    return replace(old, prizes=rules)


def _quota(reader: _Reader, form: Form, n: int, title: str, taken: set[str], periods: int) -> PrizeQuota:
    code = form.get(f"quota-{n}", "").strip()[:60] or f"prize_{n}"
    while code in taken:
        code += "_"
    kind = reader.read(f"kind-{n}", PrizeKind.INDIVIDUAL, lambda raw: _choice(PrizeKind, raw))
    period = reader.read(f"period-{n}", None, lambda raw: _period_number(raw, periods))
    return PrizeQuota(
        code=code,
        title=title,
        kind=kind,
        period=None if kind is PrizeKind.SLOGAN else period,
        bloc=form.get(f"bloc-{n}", "").strip()[:40].removeprefix(ANY) or None,
        count=reader.number(f"places-{n}", 1, 1, 10_000),
    )


def _choice(choices, raw: str):
    try:
        return choices(raw)
    except ValueError:
        raise ContestError(ErrorCode.FIELD_MISSING) from None


def _prediction(raw: str) -> PredictionSubject | None:
    return None if raw in ("", ANY) else _choice(PredictionSubject, raw)


def _difficulty(raw: str) -> int | None:
    return None if raw in ("", ANY) else typed_fields.number(raw, lowest=1, highest=3)


def _period_number(raw: str, periods: int) -> int | None:
    return None if raw in ("", ANY) else typed_fields.number(raw, lowest=1, highest=periods)
