"""What the home page tells: what is open, what comes next for this person, how the weeks went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cchc_app.contest import boards, schedule, slogans, timing
from cchc_app.contest.regulations import FeedbackMode, PeriodRules, QuizRules, RuleSet
from cchc_app.contest.schedule import Phase
from cchc_app.data import contest_setup, prize_lists, site_files, slogan_desk
from cchc_app.data import home as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.quiz import OPEN
from cchc_app.data.site_files import FileRow
from cchc_app.data.tables import Attempt
from cchc_app.services.announcements import NewsLine, home_news
from cchc_app.services.board_looks import freeze_of


class NextStep(StrEnum):
    """The one thing the big button of the home page leads to."""

    SIGN_IN = "sign_in"
    BEGIN = "begin"
    RESUME = "resume"
    RESULT = "result"
    PRACTISE = "practise"
    STANDINGS = "standings"


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A finished week; no rank while a prediction keeps the counts of the week hidden."""

    correct: int
    total: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """One period of the quiz; `mine` is empty while its marks must not be shown."""

    number: int
    phase: Phase
    opens_at: datetime
    closes_at: datetime
    mine: OwnResult | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything the home page shows; instants in UTC.

    Args:
        current: The week open now, else the next one, else None when all are over.
        step: Where the big button leads.
        step_week: The week of `step`, 0 when it concerns none.
        receipt: The paper of `step` when it is RESUME or RESULT.
        deadline_at: When the open paper ends, for RESUME.
        news: What is announced, pinned first.
        files: Logo, banner and documents.
        prizes_published: Whether the page of winners shows a list.
    """

    title: str
    short_title: str
    content: Mapping[str, Any]
    quiz: QuizRules
    weeks: tuple[Week, ...]
    current: Week | None
    step: NextStep
    step_week: int
    receipt: str
    deadline_at: datetime | None
    slogan_closes_at: datetime
    slogan_phase: Phase
    slogan_words: tuple[int, int]
    slogan_published: bool
    prizes_published: bool
    news: tuple[NewsLine, ...]
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version of the regulations and its public note."""

    version: int
    published_at: datetime
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class RegulationsView:
    """The regulations in force, what results cite them by, and every version published, the newest first."""

    rule_set: RuleSet
    digest: str
    versions: tuple[VersionLine, ...]


def regulations(db: Database) -> RegulationsView:
    """The newest version of the rule set.

    Raises:
        ContestError: CONTEST_MISSING before the contest is set up.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        versions = contest_setup.versions(session, contest.contest_id)
    return RegulationsView(
        contest.rule_set,
        contest.digest,
        tuple(VersionLine(row.version, row.published_at, row.body["note"], row.digest) for row in versions),
    )


def home_view(db: Database, *, participant_id: int | None, now: datetime) -> HomeView:
    """The home page of one person, or of a visitor (None), at `now`.

    Raises:
        ContestError: CONTEST_MISSING before the contest is set up.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        row = rows.contest_row(session, contest.contest_id)
        standings: Mapping[int, rows.WeekStanding] = {}
        attempts: Sequence[Attempt] = ()
        if participant_id is not None:
            standings = rows.week_standings(session, contest_id=contest.contest_id, participant_id=participant_id)
            attempts = rows.counted_attempts(session, participant_id)
        slogan_phase = slogans.phase(rule_set=contest.rule_set, exception=None, now=now)
        published = slogan_phase is Phase.CLOSED and slogan_desk.is_published(session, contest.contest_id)
        news = home_news(session, contest.contest_id, now=now)
        files = tuple(site_files.present(session, contest.contest_id))
        prizes = prize_lists.any_published(session, contest.contest_id)
    rule_set = contest.rule_set
    weeks = tuple(_week(contest, period, standings.get(period.number), now) for period in rule_set.periods)
    current = next((week for week in weeks if week.phase is not Phase.CLOSED), None)
    step, attempt = _next_step(contest, current, attempts, signed_in=participant_id is not None, now=now)
    return HomeView(
        title=row.title,
        short_title=row.short_title,
        content=row.content,
        quiz=rule_set.quiz,
        weeks=weeks,
        current=current,
        step=step,
        step_week=_week_of(contest, attempt) if attempt else current.number if current else 0,
        receipt=attempt.receipt if attempt else "",
        deadline_at=attempt.deadline_at if attempt and step is NextStep.RESUME else None,
        slogan_closes_at=rule_set.slogan.closes_at,
        slogan_phase=slogan_phase,
        slogan_words=(rule_set.slogan.min_words, rule_set.slogan.max_words),
        slogan_published=published,
        news=news,
        files=files,
        prizes_published=prizes,
    )


def _week(contest: ContestInForce, period: PeriodRules, standing: rows.WeekStanding | None, now: datetime) -> Week:
    phase = schedule.phase(window=period.window, now=now)
    over = phase is Phase.CLOSED
    mine = None
    if standing is not None and (over or period.feedback is not FeedbackMode.AFTER_CLOSE):
        withheld = boards.withheld_until(
            rule_set=contest.rule_set, board=period.number, settled=contest.settled, now=now
        )
        hidden = withheld is not None or freeze_of(contest, period.number, now) is not None
        mine = OwnResult(standing.correct, standing.total, None if hidden else standing.rank)
    return Week(period.number, phase, period.opens_at, period.closes_at, mine)


def _next_step(
    contest: ContestInForce, current: Week | None, attempts: Sequence[Attempt], *, signed_in: bool, now: datetime
) -> tuple[NextStep, Attempt | None]:
    running = next((attempt for attempt in attempts if attempt.status == OPEN and _in_time(attempt, now)), None)
    if running is not None:
        return NextStep.RESUME, running
    if current is None:
        return (NextStep.RESULT, attempts[0]) if attempts else (NextStep.STANDINGS, None)
    if current.phase is Phase.UPCOMING:
        return NextStep.PRACTISE, None
    if not signed_in:
        return NextStep.SIGN_IN, None
    this_week = [attempt for attempt in attempts if attempt.period_id == contest.period_ids[current.number]]
    if len(this_week) < contest.rule_set.quiz.attempts_allowed:
        return NextStep.BEGIN, None
    return NextStep.RESULT, this_week[0]


def _week_of(contest: ContestInForce, attempt: Attempt) -> int:
    return contest.period_by_id(attempt.period_id or 0).number


def _in_time(attempt: Attempt, now: datetime) -> bool:
    return timing.accepts(received_at=now, deadline_at=attempt.deadline_at, grace_ms=attempt.grace_ms)
