"""Which boards there are and when they may be seen. Source: Articles 7, 8 and 9 of the regulations."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from cchc_app.contest import schedule
from cchc_app.contest.regulations import FeedbackMode, PeriodRules, RuleSet

OVERALL = 0  # the number of the overall board; the others have their period's


def opened(*, rule_set: RuleSet, now: datetime) -> tuple[int, ...]:
    """The boards that exist: one for each period that has opened, in order, then `OVERALL`; none before the first."""
    weeks = tuple(period.number for period in rule_set.periods if period.opens_at <= now)
    return (*weeks, OVERALL) if weeks else ()


def default_board(*, rule_set: RuleSet, now: datetime) -> int | None:
    """The board to begin with: of the open period, else of the one that closed last; None before the first."""
    windows = [period.window for period in rule_set.periods]
    index = schedule.open_index(windows=windows, now=now)
    if index is None:
        index = schedule.last_closed_index(windows=windows, now=now)
    return None if index is None else rule_set.periods[index].number


def withheld_until(*, rule_set: RuleSet, board: int, settled: Collection[int], now: datetime) -> datetime | None:
    """The instant from which a board may be seen again, or None when it may be seen now.

    Counts and orders stay hidden while they would tell a mark before its time (Article 7.1), or help somebody to guess
    (Article 8): until the period has closed and its predictions have been compared with the truth. That comparison
    waits for papers with extra time, so the instant returned may have passed. The overall board holds every period.

    Args:
        board: a period's number or `OVERALL`.
        settled: numbers of the periods whose predictions have been compared.
    """
    hidden = [
        period.closes_at
        for period in rule_set.periods
        if board in (period.number, OVERALL) and _hides(period, settled, now)
    ]
    return max(hidden, default=None)


def freeze_begins(*, closes_at: datetime, minutes: int) -> datetime:
    """From when a period's boards stand still for everybody but organisers, until it closes.

    Args:
        closes_at: The period's end.
        minutes: How long before it; 0 for never.
    """
    return closes_at - timedelta(minutes=minutes)


def frozen_by(*, rule_set: RuleSet, board: int, minutes: Mapping[int, int], now: datetime) -> PeriodRules | None:
    """The period whose freeze a board stands still in at `now`, or None. The overall board stands with every period's.

    Args:
        board: A period's number or `OVERALL`.
        minutes: How long before its close each period is frozen, by number; missing or 0 for never.
    """
    for period in rule_set.periods:
        begins = freeze_begins(closes_at=period.closes_at, minutes=minutes.get(period.number, 0))
        if board in (period.number, OVERALL) and period.opens_at <= now and begins <= now < period.closes_at:
            return period
    return None


def _hides(period: PeriodRules, settled: Collection[int], now: datetime) -> bool:
    if now < period.opens_at:
        return False
    if period.prediction is not None and period.number not in settled:
        return True
    return period.feedback is FeedbackMode.AFTER_CLOSE and now < period.closes_at
