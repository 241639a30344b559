"""What organisers should look at now. Not an article of the rules: thresholds of our own, in one place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cchc_app.contest import schedule
from cchc_app.contest.regulations import PeriodRules

# How long before an end it is told.
CLOSING = timedelta(hours=48)
OPENING = timedelta(days=3)
SLOGANS_CLOSING = timedelta(days=5)
DUE = timedelta(days=3)


class ConcernKind(StrEnum):
    """What it is about, in the order in which equally urgent things are told."""

    REQUESTS = "requests"
    PERIOD_CLOSES = "period_closes"
    UNITS_AT_ZERO = "units_at_zero"
    SLOGANS_MISSING = "slogans_missing"
    QUESTIONS_FLAGGED = "questions_flagged"
    RESULTS = "results"
    PRIZES = "prizes"
    PERIOD_OPENS = "period_opens"


class Urgency(StrEnum):
    """How soon, the most urgent first."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at.

    Attributes:
        count: Of units, requests, questions, periods or prize lists; the number of a period that opens or closes.
        until: When it ends, opens or is due, where something does.
        board: The first of the boards whose result or prize list it is about.
    """

    kind: ConcernKind
    urgency: Urgency
    count: int
    until: datetime | None = None
    board: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known.

    Attributes:
        periods: In order, not overlapping.
        units_at_zero: Units nobody of which is on the board of the open period, or of the one closed last.
        slogans_missing: Units without a slogan in the round.
        slogans_close_at: The common deadline.
        requests: Open requests about personal data.
        first_due: When the first of them is due; None without one.
        flagged: Questions with something to look at; None when it is not known.
        results: Numbers of the periods with an official result.
        prizes: Boards whose prize list waits for a second person, in order.
    """

    periods: Sequence[PeriodRules]
    units_at_zero: int
    slogans_missing: int
    slogans_close_at: datetime
    requests: int
    first_due: datetime | None
    flagged: int | None
    results: Collection[int]
    prizes: Sequence[int]


def concerns(*, situation: Situation, now: datetime) -> tuple[Concern, ...]:
    """Everything to look at, the most urgent first; nothing for what is in order or far away."""
    found = [*_periods(situation, now), *_units(situation, now), *_requests(situation, now)]
    if situation.flagged:
        found.append(Concern(ConcernKind.QUESTIONS_FLAGGED, Urgency.SOON, situation.flagged))
    over = [one.number for one in situation.periods if one.closes_at <= now and one.number not in situation.results]
    for kind, boards in ((ConcernKind.RESULTS, over), (ConcernKind.PRIZES, situation.prizes)):
        if boards:
            found.append(Concern(kind, Urgency.SOON, len(boards), board=boards[0]))
    urgency, kinds = tuple(Urgency), tuple(ConcernKind)
    return tuple(sorted(found, key=lambda one: (urgency.index(one.urgency), kinds.index(one.kind))))


def _periods(situation: Situation, now: datetime) -> list[Concern]:
    windows = [period.window for period in situation.periods]
    found = []
    current = schedule.open_index(windows=windows, now=now)
    if current is not None and (end := windows[current].closes_at) - now <= CLOSING:
        found.append(Concern(ConcernKind.PERIOD_CLOSES, Urgency.SOON, situation.periods[current].number, end))
    following = schedule.next_index(windows=windows, now=now)
    if following is not None and (start := windows[following].opens_at) - now <= OPENING:
        found.append(Concern(ConcernKind.PERIOD_OPENS, Urgency.LATER, situation.periods[following].number, start))
    return found


def _units(situation: Situation, now: datetime) -> list[Concern]:
    found = []
    windows = [period.window for period in situation.periods]
    current = schedule.open_index(windows=windows, now=now)
    # Before and after a period nobody could help it.
    if current is not None and situation.units_at_zero:
        end = windows[current].closes_at
        urgency = Urgency.NOW if end - now <= CLOSING else Urgency.SOON
        found.append(Concern(ConcernKind.UNITS_AT_ZERO, urgency, situation.units_at_zero, end))
    left = situation.slogans_close_at - now
    if situation.slogans_missing and timedelta() < left <= SLOGANS_CLOSING:
        urgency = Urgency.NOW if left <= CLOSING else Urgency.SOON
        end = situation.slogans_close_at
        found.append(Concern(ConcernKind.SLOGANS_MISSING, urgency, situation.slogans_missing, end))
    return found


def _requests(situation: Situation, now: datetime) -> list[Concern]:
    if not situation.requests or situation.first_due is None:
        return []
    urgency = Urgency.NOW if situation.first_due - now <= DUE else Urgency.SOON
    return [Concern(ConcernKind.REQUESTS, urgency, situation.requests, situation.first_due)]
