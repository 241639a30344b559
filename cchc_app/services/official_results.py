"""Computing a board again from the raw answers: every paper marked anew, the counted one chosen, everybody ordered."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlmodel import Session

from cchc_app.contest import collective, official, ranking, scoring, timing
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import UnitTotals
from cchc_app.contest.eligibility import is_ranked
from cchc_app.contest.official import Difference, DifferenceKind, Place
from cchc_app.contest.regulations import PeriodRules, PredictionSubject, RuleSet, TieBreak
from cchc_app.data import official as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.official import RawPaper
from cchc_app.data.standings import board_entry, counted_paper
from cchc_app.data.unit_totals import totals
from cchc_app.data.units import headcounts
from cchc_app.texts.formats import local

MOST_LISTED = 200  # differences; all are counted

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Marked:
    """A paper as its answers mark it."""

    id: int
    period_id: int
    number: int
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime
    prediction: int | None


@dataclass(frozen=True, slots=True)
class Computed:
    """A board computed from the raw answers.

    Attributes:
        board: The period's number or OVERALL.
        contest: Whose, with the rules it was computed by.
        places: Everybody ranked, best first.
        units: Lines of the units' board as they are frozen.
        digest: See `contest.official`.
        differences: Stored figures that the answers do not give: the first MOST_LISTED.
        difference_count: How many there are.
        fingerprint: Of what it rests on, see `stands_on`.
        live_differences: Lines of people, and totals of units, that the live boards have otherwise.
    """

    board: int
    contest: ContestInForce
    places: Sequence[Place]
    units: Sequence[dict[str, Any]]
    digest: str
    differences: tuple[Difference, ...]
    difference_count: int
    fingerprint: str
    live_differences: int


def compute(db: Database, *, board: int, progress: Progress) -> Computed:
    """Compute a board; papers and answers go through memory some people at a time.

    Args:
        board: The period's number or OVERALL.
        progress: Told how many people are done, of how many.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        work = _Work(session, contest, board)
        done, all_people = 0, rows.people_count(session, contest.contest_id)
        for count, papers in rows.papers_by_person(session, contest_id=contest.contest_id, period_ids=work.period_ids):
            work.take(papers)
            done += count
            progress(min(done, all_people), all_people)
        return work.finished()


def stands_on(session: Session, contest: ContestInForce, board: int) -> str:
    """The fingerprint of what a board rests on now; as `Computed.fingerprint` unless something changed since."""
    period_ids = rows.board_periods(contest.period_ids, board)
    return rows.fingerprint(session, period_ids=period_ids, ground=_ground(session, contest, board))


def _ground(session: Session, contest: ContestInForce, board: int) -> tuple[object, ...]:
    """Rules, settled predictions and headcounts."""
    heads = headcounts(session, contest.contest_id, on=last_day(contest.rule_set, board))
    actuals = rows.prediction_actuals(session, contest.contest_id)
    return (contest.digest, sorted(actuals.items()), sorted(heads.items()))


def last_day(rule_set: RuleSet, board: int):
    """The day whose headcounts count (Article 13.1): the period's last one, on the overall board the contest's."""
    periods = rule_set.periods if board == OVERALL else [one for one in rule_set.periods if one.number == board]
    # Windows are half-open: one that ends at midnight does not contain that day.
    return local(max(one.closes_at for one in periods) - timedelta(milliseconds=1)).date()


@dataclass(slots=True)
class _UnitSums:
    participants: int = 0
    attempts: int = 0
    papers: int = 0
    points: int = 0
    most_points: int = 0
    time_used_ms: int = 0


@dataclass(slots=True)
class _Guesses:
    """What of a period a prediction asked for, as the raw answers count it."""

    entrants: int = 0
    perfect: int = 0


@dataclass(slots=True)
class _Noted:
    listed: list[Difference] = field(default_factory=list)
    count: int = 0

    def add(self, difference: Difference) -> None:
        self.count += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(difference)


class _Work:
    """A board in the making."""

    def __init__(self, session: Session, contest: ContestInForce, board: int) -> None:
        self._session, self._contest, self._board = session, contest, board
        self._rules = contest.rule_set
        self.period_ids = rows.board_periods(contest.period_ids, board)
        self._keys = rows.frozen_keys(session, contest.contest_id)
        self._counts = rows.prediction_actuals(session, contest.contest_id)
        asked = TieBreak.PREDICTION in self._rules.quiz.tie_break
        self._actuals = {contest.period_ids[n]: actual for n, actual in self._counts.items()} if asked else {}
        self._fingerprint = rows.Fingerprint()
        self._fingerprint.add(_ground(session, contest, board))
        self._places: list[Place] = []
        self._units: dict[int, _UnitSums] = defaultdict(_UnitSums)
        self._guesses: dict[int, _Guesses] = defaultdict(_Guesses)
        self._noted = _Noted()

    def take(self, papers: Sequence[RawPaper]) -> None:
        """Mark the papers of some people, all of each."""
        for paper in papers:
            self._fingerprint.add(*rows.paper_facts(paper))
        ranked = [paper for paper in papers if is_ranked(staff=not paper.ranked, disqualified=paper.disqualified)]
        answers = rows.answers(self._session, [paper.id for paper in ranked]) if ranked else {}
        for person, own in groupby(ranked, key=lambda paper: paper.participant_id):
            whole = list(own)
            marked = [self._marked(paper, answers.get(paper.id, [])) for paper in whole]
            self._place(person, whole[0].unit_id, marked)

    def finished(self) -> Computed:
        """Order everybody, then the units, and compare with what is stored."""
        self._places.sort(key=lambda place: place.rank_key)
        self._compare_predictions()
        units = [official.unit_json(one) for one in collective.rank(units=self._totals(), rules=self._rules.collective)]
        return Computed(
            board=self._board,
            contest=self._contest,
            places=self._places,
            units=units,
            digest=official.digest(
                board=self._board, rule_set_digest=self._contest.digest, places=self._places, units=units
            ),
            differences=tuple(self._noted.listed),
            difference_count=self._noted.count,
            fingerprint=self._fingerprint.value(),
            live_differences=self._live_differences(),
        )

    def _marked(self, paper: RawPaper, answers: Sequence[tuple[int, int, int]]) -> Marked:
        ends = paper.deadline_ms + paper.grace_ms
        keys = {n: self._keys.get(version_id, frozenset()) for n, (version_id, _) in enumerate(paper.paper)}
        mark = scoring.mark(
            answers={n: option for n, option, at in answers if n in keys and paper.started_ms <= at < ends},
            keys=keys,
            points_per_question=self._rules.quiz.points_per_question,
        )
        finished_at = rows.instant(paper.finished_ms)
        used = timing.time_used_ms(started_at=rows.instant(paper.started_ms), finished_at=finished_at)
        for kind, stored, computed in (
            (DifferenceKind.CORRECT, paper.correct, mark.correct),
            (DifferenceKind.POINTS, paper.points, mark.points),
            (DifferenceKind.TIME_USED, paper.time_used_ms, used),
        ):
            if stored != computed:
                self._noted.add(Difference(kind, paper.receipt, stored, computed))
        return Marked(
            paper.id,
            paper.period_id,
            paper.number,
            mark.points,
            mark.correct,
            mark.total,
            used,
            finished_at,
            paper.prediction,
        )

    def _place(self, person: int, unit_id: int, marked: Sequence[Marked]) -> None:
        weeks: dict[int, list[Marked]] = defaultdict(list)
        for paper in marked:
            weeks[paper.period_id].append(paper)
        counted = [counted_paper(papers, self._rules, self._actuals) for papers in weeks.values()]
        whole = board_entry(counted, self._actuals)
        self._places.append(
            Place(
                rank_key=ranking.rank_key(entry=whole, chain=self._rules.quiz.tie_break),
                participant_id=person,
                unit_id=unit_id,
                attempt_id=whole.attempt_id,
                points=whole.points,
                correct=sum(paper.correct for paper in counted),
                total=sum(paper.total for paper in counted),
                time_used_ms=whole.time_used_ms,
                finished_at=whole.finished_at,
            )
        )
        self._sum_up(unit_id, counted, attempts=len(marked))

    def _sum_up(self, unit_id: int, counted: Sequence[Marked], *, attempts: int) -> None:
        sums = self._units[unit_id]
        sums.participants += 1
        sums.attempts += attempts
        sums.papers += len(counted)
        sums.points += sum(paper.points for paper in counted)
        sums.most_points += sum(paper.total for paper in counted) * self._rules.quiz.points_per_question
        sums.time_used_ms += sum(paper.time_used_ms for paper in counted)
        for paper in counted:
            guesses = self._guesses[paper.period_id]
            guesses.entrants += 1
            guesses.perfect += paper.correct == paper.total

    def _totals(self) -> Iterator[UnitTotals]:
        heads = headcounts(self._session, self._contest.contest_id, on=last_day(self._rules, self._board))
        for unit in rows.units_in_order(self._session, self._contest.contest_id):
            sums = self._units[unit.id]
            yield UnitTotals(
                unit_id=unit.id,
                bloc=unit.bloc,
                position=unit.position,
                headcount=heads.get(unit.id),
                participants=sums.participants,
                attempts=sums.attempts,
                papers=sums.papers,
                points=sums.points,
                most_points=sums.most_points,
                time_used_ms=sums.time_used_ms,
            )

    def _compare_predictions(self) -> None:
        """The count at the period's close stands; one that cannot be counted again any more is told of."""
        for period in self._rules.periods:
            period_id = self._contest.period_ids[period.number]
            if period_id in self.period_ids and period.number in self._counts:
                counted, stored = self._counted_again(period, self._guesses[period_id]), self._counts[period.number]
                if counted != stored:
                    self._noted.add(Difference(DifferenceKind.PREDICTION, str(period.number), stored, counted))

    def _counted_again(self, period: PeriodRules, guesses: _Guesses) -> int:
        return guesses.perfect if period.prediction is PredictionSubject.PERFECT_SCORES else guesses.entrants

    def _live_differences(self) -> int:
        computed: Mapping[int, str] = {place.participant_id: place.rank_key for place in self._places}
        live = seen = 0
        for person, key in rows.live_lines(self._session, contest_id=self._contest.contest_id, board=self._board):
            known = computed.get(person)
            seen += known is not None
            live += known != key
        return live + len(computed) - seen + self._live_unit_differences()

    def _live_unit_differences(self) -> int:
        live = totals(self._session, contest_id=self._contest.contest_id, board=self._board)
        worth = self._rules.quiz.points_per_question
        kept = {
            unit: _UnitSums(row.participants, row.attempts, row.papers, row.points, row.total * worth, row.time_used_ms)
            for unit, row in live.items()
        }
        computed = {unit: sums for unit, sums in self._units.items() if sums.participants}
        return sum(kept.get(unit) != computed.get(unit) for unit in kept.keys() | computed.keys())
