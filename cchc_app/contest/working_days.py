"""Days on which offices work. Source: Decree 356/2025/ND-CP counts answers to people about their data in them."""

from datetime import date, timedelta

SATURDAY = 5


def after_working_days(*, day: date, count: int) -> date:
    """The last day of a term of `count` working days that begins the day after `day`.

    Public holidays count as working days: a term that is told too short keeps the law, one too long breaks it.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
