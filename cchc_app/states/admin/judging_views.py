"""What a judge's page shows, in words: no unit, no author, nothing by which either could be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cchc_app.contest.judging import JudgingRules, total
from cchc_app.services.judging_desk import Compared, JudgeDesk, Task
from cchc_app.texts import judging as texts
from cchc_app.texts.formats import clock_and_date

NOT_GIVEN = -1


@dataclass
class RoundTab:
    """One of the rounds one has judged in."""

    number: int = 0
    name: str = ""


@dataclass
class TaskChip:
    """One slogan of the list."""

    code: int = 0
    name: str = ""
    state: str = ""
    state_name: str = ""
    total: str = ""


@dataclass
class TaskView:
    """The slogan on the screen."""

    code: int = 0
    name: str = ""
    text: str = ""
    comment: str = ""
    skipped: bool = False
    complete: bool = False
    place: str = ""


@dataclass
class CriterionView:
    """One criterion of the slogan on the screen, with what it was given."""

    code: str = ""
    name: str = ""
    share: str = ""
    anchors: list[str] = field(default_factory=list)
    points: int = NOT_GIVEN


@dataclass
class Progress:
    """How far one is."""

    done: int = 0
    total: int = 0
    text: str = ""


@dataclass
class ScoreView:
    """What one judge gave."""

    name: str = ""
    mine: bool = False
    points: list[int] = field(default_factory=list)
    total: str = ""
    comment: str = ""


@dataclass
class NoteView:
    """What was said."""

    said: str = ""
    text: str = ""


@dataclass
class ComparedView:
    """One slogan with everybody's scores."""

    code: int = 0
    name: str = ""
    text: str = ""
    score: str = ""
    spread: str = ""
    talk: bool = False
    scores: list[ScoreView] = field(default_factory=list)
    notes: list[NoteView] = field(default_factory=list)


def screen_of(found: JudgeDesk) -> str:
    """Which of the screens is due."""
    if not found.tasks:
        return "none"
    if found.is_open and not all(task.submitted for task in found.tasks):
        return "score"
    return "waiting" if found.waiting else "compare"


def chip(task: Task, rules: JudgingRules) -> TaskChip:
    """A slogan as the list shows it."""
    given = texts.score_text(total(task.points, rules)) if task.complete else ""
    state = "done" if task.complete else "skipped" if task.skipped else "begun" if task.points else "todo"
    return TaskChip(task.code_number, texts.code_name(task.code_number), state, texts.STATES[state], given)


def task_view(task: Task, numbers: list[int]) -> TaskView:
    """The slogan on the screen, with its place among all of the judge's."""
    name, place = texts.code_name(task.code_number), numbers.index(task.code_number) + 1
    where = texts.place_in_list(place, len(numbers))
    return TaskView(task.code_number, name, task.text, task.comment, task.skipped, task.complete, where)


def criterion_views(points: Mapping[str, int], rules: JudgingRules) -> list[CriterionView]:
    """The criteria with what a slogan was given."""
    weights = sum(criterion.weight for criterion in rules.criteria)
    return [
        CriterionView(
            one.code, one.name, texts.share(one.weight, weights), list(one.anchors), points.get(one.code, NOT_GIVEN)
        )
        for one in rules.criteria
    ]


def progress(found: JudgeDesk) -> Progress:
    """How many slogans have all their points."""
    done = sum(task.complete for task in found.tasks)
    return Progress(done, len(found.tasks), texts.done_of(done, len(found.tasks)))


def compared_view(one: Compared, rules: JudgingRules) -> ComparedView:
    """A slogan with everybody's scores, in words."""
    codes = [criterion.code for criterion in rules.criteria]
    return ComparedView(
        one.code_number,
        texts.code_name(one.code_number),
        one.text,
        texts.score_text(one.score),
        texts.score_text(one.spread),
        one.needs_talk,
        [
            ScoreView(
                score.display_name,
                score.mine,
                [score.points[code] for code in codes],
                texts.score_text(score.total),
                score.comment,
            )
            for score in one.scores
        ],
        [NoteView(f"{note.display_name}, {clock_and_date(note.written_at)}", note.text) for note in one.notes],
    )
