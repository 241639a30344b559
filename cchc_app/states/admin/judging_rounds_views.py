"""What the organisers' page of judging shows, in words."""

from dataclasses import dataclass, field
from datetime import datetime

from cchc_app.contest.judging import JudgingRules
from cchc_app.services.judging_overview import FREE, JudgeLine, Overview, RoundLine, SloganLine
from cchc_app.services.judging_results import SloganResult
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.states.forms import ticked, whole_number
from cchc_app.texts import judging as texts

TIE_FIELD = "tie"


@dataclass
class RoundView:
    """One round."""

    name: str = ""
    opened: str = ""
    closed: str = ""


@dataclass
class JudgeView:
    """One judge with loads and conflicts."""

    username: str = ""
    name: str = ""
    enabled: bool = True
    says_who: bool = True
    conflicts: list[str] = field(default_factory=list)
    given: int = 0
    scored: int = 0
    submitted: int = 0


@dataclass
class SeatView:
    """One judge of a slogan, and how far they are."""

    username: str = ""
    name: str = ""
    state: str = ""
    tone: str = ""
    free: bool = False


@dataclass
class PanelView:
    """One slogan with its judges."""

    code: int = 0
    name: str = ""
    unit: str = ""
    text: str = ""
    disqualified: bool = False
    seats: list[SeatView] = field(default_factory=list)


@dataclass
class ResultView:
    """One line of the results."""

    code: int = 0
    rank: str = ""
    tied: bool = False
    name: str = ""
    unit: str = ""
    text: str = ""
    scores: list[str] = field(default_factory=list)
    score: str = ""
    spread: str = ""
    talk: bool = False
    talked: bool = False
    ties: str = ""


@dataclass
class TieView:
    """Slogans that share a rank; `field` names them to the server."""

    field: str = ""
    text: str = ""


def headline(found: Overview, *, now: datetime) -> tuple[str, list[str]]:
    """Where judging is, and the sentences that say it."""
    if not found.rounds:
        able = sum(judge.enabled for judge in found.judges)
        return "before", [
            texts.before_text(found.deadline, closed=now >= found.deadline),
            texts.entrants_text(found.candidates, able, found.rules.judges_per_slogan),
        ]
    newest = found.rounds[-1]
    if newest.closed_at is not None:
        return "closed", [texts.closed_text(newest.closed_at)]
    total = sum(len(slogan.tasks) for slogan in found.slogans if not slogan.disqualified)
    return "open", [texts.round_name(newest.number), texts.open_text(total - found.left, total)]


def round_view(one: RoundLine) -> RoundView:
    """A round in words."""
    closed = texts.STILL_OPEN if one.closed_at is None else texts.by_and_at(one.closed_by, one.closed_at)
    return RoundView(texts.round_name(one.number), texts.by_and_at(one.opened_by, one.opened_at), closed)


def judge_view(one: JudgeLine) -> JudgeView:
    """A judge in words."""
    conflicts = [
        texts.conflict_text(conflict.unit_name, conflict.reason, conflict.noted_by, one.username)
        for conflict in one.conflicts
    ]
    return JudgeView(
        one.username, one.display_name, one.enabled, one.says_who, conflicts, one.given, one.scored, one.submitted
    )


def lift_choices(found: Overview) -> list[ChoiceView]:
    """The noted conflicts that may be taken back: a judge, a slash and a unit's code, and both in words."""
    return [
        ChoiceView(
            f"{judge.username}/{one.unit_code}", texts.lift_text(judge.display_name, judge.username, one.unit_name)
        )
        for judge in found.judges
        for one in judge.conflicts
        if one.noted_by and judge.enabled
    ]


def panel_view(one: SloganLine) -> PanelView:
    """A slogan with its judges in words."""
    return PanelView(
        one.code_number,
        texts.code_name(one.code_number),
        one.unit_name,
        one.text,
        one.disqualified,
        [
            SeatView(
                task.username,
                task.display_name,
                texts.TASK_STATES[task.state],
                texts.TASK_TONES[task.state],
                task.state in FREE,
            )
            for task in one.tasks
        ],
    )


def result_view(one: SloganResult, rules: JudgingRules) -> ResultView:
    """A line of the results in words."""
    codes = [criterion.code for criterion in rules.criteria]
    return ResultView(
        code=one.code_number,
        rank=texts.NO_RANK if one.rank is None else str(one.rank),
        tied=one.tied,
        name=texts.code_name(one.code_number),
        unit=one.unit_name,
        text=one.text,
        scores=[
            texts.judge_score(score.display_name, score.total, [score.points[code] for code in codes])
            for score in one.scores
        ],
        score="" if one.score is None else texts.score_text(one.score),
        spread=texts.score_text(one.spread),
        talk=one.needs_talk,
        talked=bool(one.notes),
        ties=" · ".join(texts.score_text(score) for score in one.tie_scores),
    )


def tie_views(found: Overview) -> list[TieView]:
    """The groups that are still tied, best first."""
    groups: dict[int, list[int]] = {}
    for one in found.results.slogans:
        if one.tied and one.rank is not None:
            groups.setdefault(one.rank, []).append(one.code_number)
    return [
        TieView(
            "-".join([TIE_FIELD, *map(str, numbers)]),
            texts.tie_text(rank, [texts.code_name(number) for number in numbers]),
        )
        for rank, numbers in groups.items()
    ]


def tied_numbers(form: object) -> set[int]:
    """The blind numbers of the ticked groups of a form, by the names of their boxes."""
    names = [name for name in form if isinstance(name, str)] if isinstance(form, dict) else []
    parts = [name.split("-")[1:] for name in names if name.startswith(f"{TIE_FIELD}-") and ticked(form, name)]
    return {whole_number(number) for group in parts for number in group}
