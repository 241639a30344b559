"""How long sign-in waits after wrong tries."""

from datetime import UTC, datetime, timedelta

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.lockout import FORGOTTEN_AFTER, Tries, reserve

NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, None), (3, None), (4, 1), (5, 5), (6, 15), (7, 60), (8, 60), (50, 60)]
)
def test_pauses_grow(failures: int, minutes: int | None) -> None:
    after = reserve(tries=Tries(failures=failures, last_at=NOW - MINUTE), now=NOW)
    assert after.failures == failures + 1
    assert after.locked_until == (None if minutes is None else NOW + minutes * MINUTE)


def test_a_locked_door_counts_nothing_and_says_until_when() -> None:
    until = NOW + MINUTE
    with pytest.raises(ContestError) as refused:
        reserve(tries=Tries(5, until, NOW), now=until - MILLISECOND)
    assert (refused.value.code, refused.value.details) == (ErrorCode.SIGN_IN_LOCKED, {"until": until})


def test_the_lock_opens_on_time() -> None:
    until = NOW + MINUTE
    assert reserve(tries=Tries(5, until, NOW), now=until).locked_until == until + 5 * MINUTE


@pytest.mark.parametrize(
    ("quiet", "failures"), [(FORGOTTEN_AFTER - MILLISECOND, 5), (FORGOTTEN_AFTER, 1)], ids=["not yet", "a day"]
)
def test_a_day_without_tries_forgets_them(quiet: timedelta, failures: int) -> None:
    assert reserve(tries=Tries(4, None, NOW), now=NOW + quiet).failures == failures


def test_five_wrong_tries_in_a_row_lock() -> None:
    tries = Tries()
    for _ in range(5):
        tries = reserve(tries=tries, now=NOW)
    with pytest.raises(ContestError):
        reserve(tries=tries, now=NOW)
