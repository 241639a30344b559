"""Terms that are counted in working days."""

from datetime import date

import pytest

from cchc_app.contest.working_days import after_working_days


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 3, 11), 2, date(2026, 3, 13)),  # Wednesday: Thursday, Friday
        (date(2026, 3, 12), 2, date(2026, 3, 16)),  # over a weekend
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 2, date(2026, 3, 17)),  # asked on a Saturday
        (date(2026, 3, 15), 2, date(2026, 3, 17)),
        (date(2026, 3, 11), 10, date(2026, 3, 25)),
        (date(2026, 3, 14), 0, date(2026, 3, 14)),
    ],
)
def test_the_last_day_of_a_term(day: date, count: int, last: date) -> None:
    assert after_working_days(day=day, count=count) == last
