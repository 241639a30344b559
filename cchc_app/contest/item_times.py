"""How long a question took, from the instants of the answers. Not an article: statistics for organisers."""

from collections.abc import Mapping
from datetime import datetime

from cchc_app.contest.timing import to_millis


def times_on_items(*, started_at: datetime, answered: Mapping[int, datetime]) -> dict[int, int]:
    """Milliseconds spent on each answered position of one paper: since the answer before it, or the paper's start.

    `answered` maps positions to the instant of the answer that counts. Answers of one instant follow their positions;
    an instant before its predecessor (a clock set back) makes 0. A position without an answer has no time: what was
    spent on it counts for the next answer.
    """
    times, before = {}, to_millis(started_at)
    for position, instant in sorted(answered.items(), key=lambda pair: (pair[1], pair[0])):
        answered_at = to_millis(instant)
        times[position] = max(0, answered_at - before)
        before = max(before, answered_at)
    return times


def mean_time(times: Mapping[int, int]) -> int | None:
    """Mean of a histogram of times (milliseconds to how many answers), rounded down; None if it is empty."""
    counted = sum(times.values())
    return sum(ms * answers for ms, answers in times.items()) // counted if counted else None


def median_time(times: Mapping[int, int]) -> int | None:
    """Median of such a histogram, rounded down; of an even number the mean of the two in the middle.

    A database may round times down to a step (say 100 ms) to keep the histogram short: the median, and the mean, are
    then low by at most that step.
    """
    counted = sum(times.values())
    if not counted:
        return None
    return (_nth(times, (counted - 1) // 2) + _nth(times, counted // 2)) // 2


def _nth(times: Mapping[int, int], index: int) -> int:
    passed = 0
    for ms in sorted(times):
        passed += times[ms]
        if passed > index:
            return ms
    raise IndexError(index)
