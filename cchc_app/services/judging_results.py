"""What the judges made of the slogans: every score, the number it gives, the order. For organisers and publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from cchc_app.contest.judging import JudgingRules, aggregate, needs_talk, rank, spread, total
from cchc_app.data import judged, judging
from cchc_app.data.contests import contest_in_force, rule_set_of
from cchc_app.data.engine import Database
from cchc_app.data.judged import GivenTask


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """What one judge gave one slogan in the main round.

    Attributes:
        judge: The judge's username.
        display_name: As minutes name the judge.
        points: By the code of the criterion.
        total: The weighted mean of the points, exact.
        comment: The judge's own note, perhaps empty.
    """

    judge: str
    display_name: str
    points: dict[str, int]
    total: Fraction
    comment: str


@dataclass(frozen=True, slots=True)
class SloganResult:
    """One judged slogan.

    Attributes:
        slogan_id: The slogan's row.
        unit_id: The unit whose it is.
        unit_name: Its name.
        code_number: The number the judges saw.
        text: The judged version.
        author: Who wrote it, as the unit says.
        author_public: Whether the author agreed to be named.
        scores: Of the main round, in the order of the judges' usernames; none before all judges handed theirs in.
        score: What the scores aggregate to, exact; None while there are not as many as the rules say.
        spread: The highest total less the lowest; 0 with fewer than two.
        needs_talk: Whether the totals lie so far apart that the judges have to talk.
        tie_scores: The score in every closed tie round the slogan was in, oldest first.
        rank: 1 is the best, tied slogans share a rank; None while the main round is open, and for a slogan that is
            disqualified.
        tied: Whether another slogan shares the rank.
        notes: Who said what when all scores were in, oldest first.
    """

    slogan_id: int
    unit_id: int
    unit_name: str
    code_number: int
    text: str
    author: str
    author_public: bool
    scores: tuple[JudgeScore, ...]
    score: Fraction | None
    spread: Fraction
    needs_talk: bool
    tie_scores: tuple[Fraction, ...]
    rank: int | None
    tied: bool
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoundsResult:
    """All rounds together.

    Attributes:
        complete: Whether there was a round and every one is closed.
        rules: The rules the main round was opened under.
        slogans: In the order of their rank, those without one last.
    """

    complete: bool
    rules: JudgingRules
    slogans: tuple[SloganResult, ...]


def results(db: Database, *, contest_id: int) -> RoundsResult:
    """What the judges made of the slogans. For organisers: whoever calls checks that the viewer is one."""
    with db.read() as session:
        return results_in(session, contest_id)


def results_in(session: Session, contest_id: int) -> RoundsResult:
    """As `results`, in a transaction that is already open."""
    rounds = judging.rounds(session, contest_id)
    if not rounds:
        return RoundsResult(False, contest_in_force(session).rule_set.judging, ())
    rules = {one.id or 0: rule_set_of(session, one.rule_set_id).judging for one in rounds}
    given = judged.tasks_in(session, list(rules))
    points = judging.points_of(session, [task.assignment_id for task in given if task.submitted])
    main, *ties = rounds
    tasks = [task for task in given if task.round_id == main.id]
    all_in = main.closed_at is not None or all(task.submitted or task.disqualified for task in tasks)
    scores = _scores(tasks, points, rules[main.id or 0]) if all_in else {}
    closed_ties = [
        _aggregated(
            _scores([task for task in given if task.round_id == one.id], points, rules[one.id or 0]),
            rules[one.id or 0],
        )
        for one in ties
        if one.closed_at is not None
    ]
    return RoundsResult(
        complete=all(one.closed_at is not None for one in rounds),
        rules=rules[main.id or 0],
        slogans=_ordered(
            session,
            tasks,
            scores,
            rules[main.id or 0],
            closed_ties,
            ranked=main.closed_at is not None,
        ),
    )


def _scores(
    tasks: Sequence[GivenTask], points: Mapping[int, dict[str, int]], rules: JudgingRules
) -> dict[int, list[JudgeScore]]:
    """What was handed in, by slogan."""
    found: dict[int, list[JudgeScore]] = {}
    for task in tasks:
        if task.submitted:
            its = points[task.assignment_id]
            score = JudgeScore(task.username, task.display_name, its, total(its, rules), task.comment)
            found.setdefault(task.slogan_id, []).append(score)
    return found


def _aggregated(scores: Mapping[int, Sequence[JudgeScore]], rules: JudgingRules) -> dict[int, Fraction]:
    """The score of every slogan that was judged by as many as the rules say."""
    whole = {slogan: its for slogan, its in scores.items() if len(its) >= rules.judges_per_slogan}
    return {slogan: aggregate([score.total for score in its], rules) for slogan, its in whole.items()}


def _ordered(
    session: Session,
    tasks: Sequence[GivenTask],
    scores: Mapping[int, Sequence[JudgeScore]],
    rules: JudgingRules,
    closed_ties: Sequence[Mapping[int, Fraction]],
    *,
    ranked: bool,
) -> tuple[SloganResult, ...]:
    """Every slogan of the main round with its place; None for those that have none yet."""
    by_slogan = {task.slogan_id: task for task in tasks}
    versions = judged.judged_versions(session, [task.version_id for task in by_slogan.values()])
    notes: dict[int, list[tuple[str, str]]] = {}
    for note in judged.notes(session, list(by_slogan)):
        notes.setdefault(note.slogan_id, []).append((note.display_name, note.text))
    numbers = _aggregated(scores, rules)
    standing = {one: score for one, score in numbers.items() if ranked and not by_slogan[one].disqualified}
    places = rank(standing, closed_ties)
    found = []
    for slogan_id, task in by_slogan.items():
        version, place = versions[task.version_id], places.get(slogan_id)
        its = tuple(scores.get(slogan_id, ()))
        totals = [score.total for score in its]
        found.append(
            SloganResult(
                slogan_id=slogan_id,
                unit_id=task.unit_id,
                unit_name=version.unit_name,
                code_number=task.code_number,
                text=version.text,
                author=version.author,
                author_public=version.author_public,
                scores=its,
                score=numbers.get(slogan_id),
                spread=spread(totals),
                needs_talk=needs_talk(totals, rules),
                tie_scores=tuple(scored[slogan_id] for scored in closed_ties if slogan_id in scored),
                rank=place and place.rank,
                tied=place is not None and place.tied,
                notes=tuple(notes.get(slogan_id, ())),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.code_number)))
