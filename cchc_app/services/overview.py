"""The organisers' overview: how the contest goes at this moment, and what needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session

from cchc_app.contest import boards, schedule
from cchc_app.contest.attention import Concern, Situation, concerns
from cchc_app.contest.timing import EPOCH
from cchc_app.data import overview as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.quiz import EXPIRED, OPEN, SUBMITTED
from cchc_app.texts.formats import local

HOURS = 24
DAYS = 14  # of the small trends
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many on one day of the contest's calendar."""

    day: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of one moment.

    Attributes:
        at: When they were read.
        period: The open period, or the one closed last; None before the first opens.
        is_open: Whether `period` is open.
        period_ends_at: When it closes or closed.
        withheld_until: From when participants see the figures of `period` (the instant may have passed: then it is
            being settled); None when they see them now.
        registered: People with an account.
        registered_days: The last DAYS days, today last, those without any included.
        papers_today: Counted papers begun today.
        papers_yesterday: Counted papers begun yesterday up to this time of day.
        hours: Counted papers begun today by hour, 24 of them.
        days: Counted papers by day, from the first to the last with any, those without any in between included.
        handed_in: Papers of `period` that were handed in.
        ran_out: Papers of `period` the time of which ran out.
        in_progress: Papers of `period` that are open now.
        rate_before: Papers handed in and all closed ones of the period before; None without such a period.
        units: Units there are.
        units_taking_part: Units with somebody on the board of `period`.
        units_before: The same of the period before, when it was over; None without one.
        slogans: Units with a slogan in the round.
        slogans_close_at: The common deadline of slogans.
        at_zero: Names by bloc of the units with nobody on the board of `period`, in the official order.
        concerns: What to look at, the most urgent first.
    """

    at: datetime
    period: int | None
    is_open: bool
    period_ends_at: datetime | None
    withheld_until: datetime | None
    registered: int
    registered_days: tuple[DayCount, ...]
    papers_today: int
    papers_yesterday: int
    hours: tuple[int, ...]
    days: tuple[DayCount, ...]
    handed_in: int
    ran_out: int
    in_progress: int
    rate_before: tuple[int, int] | None
    units: int
    units_taking_part: int
    units_before: int | None
    slogans: int
    slogans_close_at: datetime
    at_zero: tuple[tuple[str, tuple[str, ...]], ...]
    concerns: tuple[Concern, ...]


@dataclass(slots=True)
class PastDays:
    """Papers by day as they were counted last, up to yesterday: as good as new while there are as many of them.

    Attributes:
        of: Which periods, up to which day, and how many papers these days had.
        counts: Papers by the number of the day.
    """

    of: tuple[tuple[int, ...], int, int] | None = None
    counts: Mapping[int, int] = field(default_factory=dict)


def overview(db: Database, *, flagged: int | None, now: datetime, past: PastDays | None = None) -> Overview:
    """Read everything: a constant number of queries, however large the contest. The caller has asked who looks.

    Args:
        flagged: Questions with something to look at, as the newest item analysis says; None without one.
        past: What the caller keeps between its calls.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        return _read(session, contest, flagged, now, past or PastDays())


def _read(session: Session, contest: ContestInForce, flagged: int | None, now: datetime, past: PastDays) -> Overview:
    period_ids, contest_id = list(contest.period_ids.values()), contest.contest_id
    offset = local(now).utcoffset() or timedelta()
    today = _day_number(local(now).date())
    number = current_period(contest, now)
    everyone = rows.units(session, contest_id)
    taking_part = rows.board_totals(session, contest_id=contest_id, board=number) if number else {}
    zero = [unit for unit in everyone if unit.id not in taking_part] if number else []
    midnight = EPOCH + today * ONE_DAY - offset
    hours = rows.begun_by_hour(session, period_ids, since=midnight, offset=offset)
    statuses = rows.papers_by_status(session, period_ids)
    days = _papers_by_day(session, period_ids, offset, today, hours, sum(statuses.values()), past)
    registered = rows.registered_by_day(session, contest_id, offset=offset)
    slogans = rows.slogans_in_the_round(session, contest_id)
    requests, due = rows.waiting_requests(session)
    yesterday = rows.begun_between(session, period_ids, since=midnight - ONE_DAY, until=now - ONE_DAY)
    period = next((one for one in contest.rule_set.periods if one.number == number), None)
    period_id, before_id = contest.period_ids.get(number or 0), contest.period_ids.get((number or 0) - 1)
    situation = Situation(
        periods=contest.rule_set.periods,
        units_at_zero=len(zero),
        slogans_missing=len(everyone) - slogans,
        slogans_close_at=contest.rule_set.slogan.closes_at,
        requests=requests,
        first_due=due,
        flagged=flagged,
        results=rows.boards_with_result(session, contest_id),
        prizes=rows.unconfirmed_prizes(session, contest_id),
    )
    before = rows.units_on_board(session, contest_id=contest_id, board=number - 1) if number and before_id else None
    return Overview(
        at=now,
        period=number,
        is_open=period is not None and schedule.phase(window=period.window, now=now) is schedule.Phase.OPEN,
        period_ends_at=period.closes_at if period else None,
        withheld_until=_withheld(contest, number, now) if number else None,
        registered=sum(registered.values()),
        registered_days=_days(registered, range(today - DAYS + 1, today + 1)),
        papers_today=sum(hours.values()),
        papers_yesterday=yesterday,
        hours=tuple(hours.get(today * HOURS + hour, 0) for hour in range(HOURS)),
        days=_every_day(days),
        handed_in=statuses.get((period_id or 0, SUBMITTED), 0),
        ran_out=statuses.get((period_id or 0, EXPIRED), 0),
        in_progress=statuses.get((period_id or 0, OPEN), 0),
        rate_before=_rate(statuses, before_id) if before_id else None,
        units=len(everyone),
        units_taking_part=len(everyone) - len(zero) if number else 0,
        units_before=before,
        slogans=slogans,
        slogans_close_at=contest.rule_set.slogan.closes_at,
        at_zero=by_bloc([(unit.bloc, unit.name) for unit in zero]),
        concerns=concerns(situation=situation, now=now),
    )


def _papers_by_day(
    session: Session,
    period_ids: Sequence[int],
    offset: timedelta,
    today: int,
    hours: Mapping[int, int],
    papers: int,
    past: PastDays,
) -> Mapping[int, int]:
    """Counted papers by day. Days that are over are counted again only when papers came to them or left them."""
    today_count = sum(hours.values())
    of = (tuple(period_ids), today, papers - today_count)
    if past.of != of:
        past.of, past.counts = of, rows.begun_by_day(session, period_ids, offset=offset)
    return {day: count for day, count in past.counts.items() if day != today} | (
        {today: today_count} if today_count else {}
    )


def current_period(contest: ContestInForce, now: datetime) -> int | None:
    """The open period, or the one closed last; None before the first opens."""
    return boards.default_board(rule_set=contest.rule_set, now=now)


def by_bloc(units: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of units by bloc, both in the order in which they come."""
    found: dict[str, list[str]] = {}
    for bloc, name in units:
        found.setdefault(bloc, []).append(name)
    return tuple((bloc, tuple(names)) for bloc, names in found.items())


def _withheld(contest: ContestInForce, board: int, now: datetime) -> datetime | None:
    return boards.withheld_until(rule_set=contest.rule_set, board=board, settled=contest.settled, now=now)


def _rate(statuses: Mapping[tuple[int, str], int], period_id: int) -> tuple[int, int]:
    handed_in = statuses.get((period_id, SUBMITTED), 0)
    return handed_in, handed_in + statuses.get((period_id, EXPIRED), 0)


def _every_day(counts: Mapping[int, int]) -> tuple[DayCount, ...]:
    return _days(counts, range(min(counts), max(counts) + 1)) if counts else ()


def _days(counts: Mapping[int, int], numbers: range) -> tuple[DayCount, ...]:
    return tuple(DayCount(EPOCH.date() + number * ONE_DAY, counts.get(number, 0)) for number in numbers)


def _day_number(day: date) -> int:
    return (day - EPOCH.date()).days
