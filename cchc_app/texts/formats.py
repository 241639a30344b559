"""How dates, times and numbers are written for people: Vietnamese order, the contest's time zone, its separators."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def date_text(day: date) -> str:
    """A calendar day, `03/11/2025`; give instants to `local` first."""
    return f"{day:%d/%m/%Y}"


def local(instant: datetime) -> datetime:
    """An aware instant on the clocks of the contest."""
    return instant.astimezone(ZONE)


def instant_date(instant: datetime) -> str:
    """The day of an instant, `03/11/2025`."""
    return date_text(local(instant))


def clock(instant: datetime) -> str:
    """Hour and minute of an instant, `09:14`."""
    return f"{local(instant):%H:%M}"


def clock_and_date(instant: datetime) -> str:
    """Time and day of an instant, `09:14 ngày 12/11/2025`."""
    return f"{clock(instant)} ngày {instant_date(instant)}"


def second_and_day(instant: datetime) -> str:
    """Time to the second and day of an instant, `09:14:07 12/11`."""
    return f"{local(instant):%H:%M:%S %d/%m}"


def second_and_date(instant: datetime) -> str:
    """Time to the second and full day of an instant, `09:14:07 12/11/2025`."""
    return f"{local(instant):%H:%M:%S %d/%m/%Y}"


def end_of_window(closes_at: datetime) -> str:
    """The end of a half-open window; midnight is told as 24:00 of the day before: `24:00 Chủ Nhật 16/11`."""
    there = local(closes_at)
    hour = f"{there:%H:%M}"
    if hour == "00:00":
        there, hour = there - timedelta(days=1), "24:00"
    return f"{hour} {WEEKDAYS[there.weekday()]} {there:%d/%m}"


def end_with_year(closes_at: datetime) -> str:
    """The end of a half-open window with its year: `24:00 ngày 10/11/2025`."""
    there = local(closes_at)
    hour = f"{there:%H:%M}"
    if hour == "00:00":
        there, hour = there - timedelta(days=1), "24:00"
    return f"{hour} ngày {date_text(there)}"


def short_date(instant: datetime) -> str:
    """Day and month of an instant, `17/11`."""
    return f"{local(instant):%d/%m}"


def grouped(number: int) -> str:
    """A whole number with dots between thousands, `8.412`."""
    return f"{number:,}".replace(",", ".")


def points_text(value: Fraction) -> str:
    """Points to the hundredth, halves upwards, `8,33`; the order of slogans is made of the exact values."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}".replace(".", ",")


def written_date(instant: datetime) -> str:
    """The day of an instant as documents write it (NĐ 30/2020): `ngày 05 tháng 02 năm 2026`, months from 3 bare."""
    day = local(instant)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_local(typed: str) -> datetime | None:
    """The instant a form's field for date and time means, on the clocks of the contest; None when it is none."""
    try:
        there = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return (
        there.replace(tzinfo=ZONE).astimezone(UTC) if there.tzinfo is None and there.microsecond % 1000 == 0 else None
    )


def duration_words(milliseconds: int) -> str:
    """A duration in whole minutes and seconds without leading zeros: `20 phút`, `1 phút 30 giây`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    parts = [f"{minutes} phút"] * (minutes > 0) + [f"{seconds} giây"] * (seconds > 0 or minutes == 0)
    return " ".join(parts)


def time_used_words(milliseconds: int) -> str:
    """Time used for a paper, to the second: `09 phút 42 giây`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes:02d} phút {seconds:02d} giây"


def minutes_and_seconds(milliseconds: int) -> str:
    """A duration as `09:42`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes:02d}:{seconds:02d}"


def exact_time(milliseconds: int) -> str:
    """A duration to the millisecond, `09:42,318`."""
    return f"{minutes_and_seconds(milliseconds)},{milliseconds % 1000:03d}"
