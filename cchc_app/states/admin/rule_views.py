"""The draft of the rules as rows of forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cchc_app.contest.changes import Difference, Lock, RuleField
from cchc_app.contest.regulations import RuleSet, TieBreak
from cchc_app.services.rule_drafts import DraftView
from cchc_app.services.rule_set_forms import MINUTE_MS, OPTIONAL_STEPS, SECOND_MS
from cchc_app.texts import admin_rules as texts
from cchc_app.texts.admin_contest import typed_end, typed_instant

SPARE_LINES, SPARE_QUOTAS, SPARE_CRITERIA = 3, 4, 1
OF_PERIODS = (RuleField.OPENS_AT, RuleField.CLOSES_AT, RuleField.FEEDBACK, RuleField.PREDICTION)


@dataclass
class PeriodRow:
    """One period; the last row is empty, for a new one."""

    number: str = ""
    name: str = ""
    opens_at: str = ""
    closes_at: str = ""
    feedback: str = "immediate"
    prediction: str = ""
    fixed: dict[str, bool] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class LineRow:
    """One line of the blueprint."""

    number: str = ""
    count: str = ""
    topic: str = ""
    difficulty: str = ""
    available: str = ""
    short: bool = False
    error: str = ""


@dataclass
class StepRow:
    """One step of the chain."""

    value: str = ""
    words: str = ""
    moves: bool = False
    first: bool = False
    last: bool = False


@dataclass
class CriterionRow:
    """One criterion of judging."""

    number: str = ""
    code: str = ""
    name: str = ""
    weight: str = ""
    anchors: list[str] = field(default_factory=lambda: ["", "", ""])
    error: str = ""


@dataclass
class QuotaRow:
    """One prize of the list."""

    number: str = ""
    code: str = ""
    title: str = ""
    kind: str = "individual"
    period: str = ""
    bloc: str = ""
    places: str = ""
    error: str = ""


@dataclass
class Choice:
    """One choice of a list."""

    value: str = ""
    words: str = ""


@dataclass
class ChangeRow:
    """One difference in words."""

    field: str = ""
    before: str = ""
    after: str = ""


@dataclass
class DraftForms:
    """Every form of the draft."""

    periods: list[PeriodRow] = field(default_factory=list)
    lines: list[LineRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    missing_steps: list[StepRow] = field(default_factory=list)
    criteria: list[CriterionRow] = field(default_factory=list)
    quotas: list[QuotaRow] = field(default_factory=list)
    topics: list[Choice] = field(default_factory=list)
    blocs: list[Choice] = field(default_factory=list)
    weeks: list[Choice] = field(default_factory=list)
    one_per_person: bool = True
    normalised_only: bool = True


# Fields that stand alone: their names in the forms.
SINGLE = (
    *("minutes", "grace", "attempts", "counted", "points", "min_words", "max_words", "explanation_words"),
    *("slogan_closes_at", "judges", "highest", "spread", "aggregation", "weight_participation", "weight_score"),
    *("minimum_participants", "minimum_rate", "minimum_periods"),
)


def single_values(rules: RuleSet) -> dict[str, str]:
    """What stands in the fields that stand alone."""
    quiz, slogan, judging, units = rules.quiz, rules.slogan, rules.judging, rules.collective
    values: tuple[object, ...] = (
        *(quiz.duration_ms // MINUTE_MS, quiz.grace_ms // SECOND_MS, quiz.attempts_allowed),
        *(quiz.counted_attempt.value, quiz.points_per_question),
        *(slogan.min_words, slogan.max_words, slogan.explanation_max_words, typed_end(slogan.closes_at)),
        *(judging.judges_per_slogan, judging.highest, judging.spread_alert, judging.aggregation.value),
        *(units.weight_participation, units.weight_score, units.minimum_participants, units.minimum_rate),
        rules.prizes.minimum_periods,
    )
    return {name: str(value) for name, value in zip(SINGLE, values, strict=True)}


def forms_of(view: DraftView, errors: Mapping[str, str]) -> DraftForms:
    """The rows of every form, with what was refused beside them."""
    rules = view.draft
    return DraftForms(
        periods=_periods(view, errors),
        lines=_lines(view, errors),
        steps=_steps(rules),
        missing_steps=[
            StepRow(step.value, texts.STEPS[step]) for step in OPTIONAL_STEPS if step not in rules.quiz.tie_break
        ],
        criteria=_criteria(rules, errors),
        quotas=_quotas(rules, errors),
        topics=[Choice(name, name) for name in _topics(view)],
        blocs=[Choice(code, texts.bloc(code)) for code in view.blocs],
        weeks=[Choice(str(one.number), texts.week(one.number)) for one in rules.periods],
        one_per_person=rules.prizes.one_per_person,
        normalised_only=rules.prizes.normalised_identity_only,
    )


def locks_in_words(view: DraftView) -> dict[str, str]:
    """Why each field that stands alone is locked or needs a note; empty when it is free."""
    return {name.value: texts.locked(view.locks.get((name, None))) for name in RuleField}


def fixed_fields(view: DraftView) -> dict[str, bool]:
    """Whether each field that stands alone is fixed."""
    return {name.value: _is_fixed(view, name, None) for name in RuleField}


def change_rows(differences: tuple[Difference, ...]) -> list[ChangeRow]:
    """Differences in words."""
    return [ChangeRow(*texts.difference(found)) for found in differences]


def _is_fixed(view: DraftView, name: RuleField, number: int | None) -> bool:
    state = view.locks.get((name, number))
    return state is not None and state.lock is Lock.FIXED


def _periods(view: DraftView, errors: Mapping[str, str]) -> list[PeriodRow]:
    rows = [
        PeriodRow(
            str(one.number),
            texts.week(one.number),
            typed_instant(one.opens_at),
            typed_end(one.closes_at),
            one.feedback.value,
            one.prediction.value if one.prediction else "",
            {name.value: _is_fixed(view, name, one.number) for name in OF_PERIODS},
            {name.value: texts.locked(view.locks.get((name, one.number))) for name in OF_PERIODS},
            {name.value: errors.get(f"{name.value}-{one.number}", "") for name in OF_PERIODS},
        )
        for one in view.draft.periods
    ]
    number = len(rows) + 1
    free = {name.value: False for name in OF_PERIODS}
    silent = {name.value: "" for name in OF_PERIODS}
    wrong = {name.value: errors.get(f"{name.value}-{number}", "") for name in OF_PERIODS}
    return [*rows, PeriodRow(str(number), texts.new_week(number), fixed=free, why=silent, errors=wrong)]


def _lines(view: DraftView, errors: Mapping[str, str]) -> list[LineRow]:
    rows = [
        LineRow(
            str(n),
            str(check.line.count),
            check.line.topic or "",
            str(check.line.difficulty or ""),
            str(check.available),
            check.available < check.line.count,
        )
        for n, check in enumerate(view.lines, 1)
    ]
    rows += [LineRow(str(n)) for n in range(len(rows) + 1, len(rows) + 1 + SPARE_LINES)]
    for row in rows:
        row.error = errors.get(f"count-{row.number}", "") or errors.get(f"difficulty-{row.number}", "")
    return rows


def _topics(view: DraftView) -> list[str]:
    named = [line.topic for line in view.draft.quiz.blueprint if line.topic]
    return sorted({*view.topics, *named})


def _steps(rules: RuleSet) -> list[StepRow]:
    chain = rules.quiz.tie_break
    return [
        StepRow(
            step.value,
            texts.STEPS[step],
            moves=step not in (TieBreak.SCORE, TieBreak.ATTEMPT_ID),
            first=place == 1,
            last=place == len(chain) - 2,
        )
        for place, step in enumerate(chain)
    ]


def _criteria(rules: RuleSet, errors: Mapping[str, str]) -> list[CriterionRow]:
    rows = [
        CriterionRow(str(n), one.code, one.name, str(one.weight), [*one.anchors, "", "", ""][:3])
        for n, one in enumerate(rules.judging.criteria, 1)
    ]
    rows += [CriterionRow(str(len(rows) + 1 + n)) for n in range(SPARE_CRITERIA)]
    for row in rows:
        row.error = errors.get(f"criterion-{row.number}", "") or errors.get(f"weight-{row.number}", "")
    return rows


def _quotas(rules: RuleSet, errors: Mapping[str, str]) -> list[QuotaRow]:
    rows = [
        QuotaRow(
            str(n),
            one.code,
            one.title,
            one.kind.value,
            str(one.period or ""),
            one.bloc or "",
            str(one.count),
        )
        for n, one in enumerate(rules.prizes.quotas, 1)
    ]
    rows += [QuotaRow(str(len(rows) + 1 + n)) for n in range(SPARE_QUOTAS)]
    for row in rows:
        found = (errors.get(f"{name}-{row.number}", "") for name in ("prize", "places", "period"))
        row.error = next((words for words in found if words), "")
    return rows
