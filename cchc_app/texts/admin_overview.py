"""Wording of the organisers' overview."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from cchc_app.texts.formats import clock, clock_and_date, date_text, end_with_year, grouped, second_and_date
from cchc_app.texts.register import bloc_name

LIVE = "Số liệu tự cập nhật"
FIGURES = "Số liệu chính"
REGISTERED = "Người đã đăng ký"
PAPERS_TODAY = "Lượt thi hôm nay"
HANDED_IN = "Tỷ lệ nộp bài"
UNITS = "Đơn vị có người dự thi"
NOT_YET = "—"

HOURS_TITLE = "Lượt thi theo giờ, hôm nay"
DAYS_TITLE = "Lượt thi theo ngày"
SEE_NUMBERS = "Xem bảng số liệu"
COLUMN_HOUR = "Giờ"
COLUMN_DAY = "Ngày"
COLUMN_PAPERS = "Lượt thi"
NO_PAPERS_TODAY = "Hôm nay chưa có lượt thi nào. Biểu đồ hiện khi có người vào thi."
NO_PAPERS = "Chưa có lượt thi nào. Biểu đồ hiện khi tuần đầu mở."

CONCERNS = "Cần xem"
CONCERNS_NONE = "Không có việc nào đang chờ."
COPY_ZERO = "Sao chép danh sách nhắc"
TO_REQUESTS = "Trả lời yêu cầu"
TO_SLOGANS = "Xem đơn vị chưa gửi"
TO_ITEMS = "Xem câu hỏi cần xem lại"
TO_RESULTS = "Chốt kết quả"
TO_PRIZES = "Xem danh sách giải"
TO_ZERO = "Xem các đơn vị"
URGENCY = {"now": "Gấp", "soon": "Sớm", "later": "Sắp tới"}

SLOGANS = "Khẩu hiệu đã gửi"
SLOGANS_LINK = "Xem khẩu hiệu"

PARTICIPATION = "Tham gia theo đơn vị"
BLOCS_TITLE = "Tham gia theo khối"
BLOCS_CAPTION = "Các khối: biên chế, đã đăng ký, đã thi, tỷ lệ"
BOARDS_LABEL = "Chọn tuần"
SEARCH = "Tìm đơn vị"
FILTER_ZERO = "Người dự thi"
ALL_UNITS = "Mọi đơn vị"
ONLY_ZERO = "Chưa có ai"
CAPTION = "Các đơn vị: biên chế, đã đăng ký, đã thi, tỷ lệ"
COLUMN_ORDER = "STT"
COLUMN_UNIT = "Đơn vị"
COLUMN_BLOC = "Khối"
COLUMN_HEADCOUNT = "Biên chế"
COLUMN_REGISTERED = "Đăng ký"
COLUMN_TAKING_PART = "Đã thi"
COLUMN_RATE = "Tỷ lệ"
COLUMN_SCORE = "% đúng"
NOTHING_FOUND = "Không có đơn vị nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
NOTES = (
    "Đã thi: người được xếp hạng có ít nhất một bài đã nộp hoặc hết giờ. "
    "Tỷ lệ trên 100% là biên chế ghi nhỏ hơn số người dự thi. Biên chế: số đang có hiệu lực vào cuối tuần thi."
)
EXPORT = "Xuất xlsx"
NOT_OPEN = "Tuần đầu chưa mở. Số người dự thi theo đơn vị hiện ở đây từ khi tuần đầu mở."

FILE_NAME = "tham-gia.xlsx"
FILE_UNITS = "Đơn vị"
FILE_BLOCS = "Khối"
FILE_COLUMNS = (
    ("STT", 6),
    ("Đơn vị", 44),
    ("Khối", 24),
    ("Biên chế", 10),
    ("Đã đăng ký", 12),
    ("Đã thi", 10),
    ("Tỷ lệ tham gia (%)", 18),
    ("Trả lời đúng (%)", 16),
)


def percent(value: Fraction | float | None) -> str:
    """A percentage to the tenth, `41,7%`; a dash when it is not defined."""
    if value is None:
        return NOT_YET
    tenths = (Fraction(value) * 10 + Fraction(1, 2)).__floor__()
    return f"{grouped(tenths // 10)},{tenths % 10}%"


def count(number: int | None) -> str:
    """A count; a dash when it is not known."""
    return NOT_YET if number is None else grouped(number)


def out_of(part: int, whole: int) -> str:
    """So many of so many, `121/164`."""
    return f"{grouped(part)}/{grouped(whole)}"


def board_name(number: int) -> str:
    """A board, as its tab says."""
    return f"Tuần {number}" if number else "Cả hội thi"


def updated(at: datetime) -> str:
    """When the figures were read."""
    return f"Cập nhật {second_and_date(at)[:8]}"


def window(period: int | None, is_open: bool, ends_at: datetime | None, now: datetime) -> str:
    """What the pill in the head says."""
    if period is None or ends_at is None:
        return "Chưa mở tuần nào"
    return f"Tuần {period} đang mở · còn {span(ends_at - now)}" if is_open else f"Tuần {period} đã đóng"


def span(left: timedelta) -> str:
    """A length of time in its two largest parts, `3 ngày 7 giờ`."""
    minutes = max(0, left // timedelta(minutes=1))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days} ngày {hours} giờ"
    return f"{hours} giờ {minutes % 60} phút" if hours else f"{minutes} phút"


def withheld(until: datetime, now: datetime) -> str:
    """Said while participants do not see the figures."""
    when = "khi Ban Tổ chức chốt dự đoán" if until <= now else f"từ {clock_and_date(until)}"
    return (
        "Chỉ Ban Tổ chức thấy các số liệu của tuần này. "
        f"Người dự thi thấy {when}; bạn không công bố trước, vì số liệu giúp đoán câu dự đoán hoặc lộ đáp án."
    )


def today_added(number: int) -> str:
    """Under the number of people."""
    return f"+{grouped(number)} hôm nay"


def against_yesterday(today: int, yesterday: int) -> str:
    """Under today's papers: compared with the same time of the day before."""
    if not yesterday:
        return "cùng giờ hôm qua: 0"
    change = (today - yesterday) * 100 / yesterday
    return f"{'▲' if change >= 0 else '▼'} {abs(round(change))}% so với cùng giờ hôm qua"


def in_progress(number: int) -> str:
    """Under the rate of papers handed in."""
    return f"{grouped(number)} người đang làm bài"


def rate_before(part: int, whole: int) -> str:
    """The rate of the period before."""
    return f"tuần trước {percent(Fraction(part * 100, whole))}" if whole else ""


def units_before(number: int | None) -> str:
    """The units of the period before."""
    return "" if number is None else f"tuần trước {grouped(number)}"


def hour(number: int) -> str:
    """One hour of the day."""
    return f"{number}h"


def hour_span(number: int) -> str:
    """One hour of the day, for the table."""
    return f"{number:02d}:00 đến {number + 1:02d}:00"


def short_day(day: date) -> str:
    """One day under a chart."""
    return f"{day:%d/%m}"


def long_day(day: date) -> str:
    """One day in a table."""
    return date_text(day)


def slogan_deadline(closes_at: datetime, now: datetime) -> str:
    """Under the progress of slogans."""
    return f"hạn: {end_with_year(closes_at)}" if closes_at > now else "đã hết hạn gửi"


def concern(kind: str, number: int, until: datetime | None, now: datetime) -> str:
    """One thing to look at, in words."""
    left = span(until - now) if until and until > now else ""
    words = {
        "requests": f"{grouped(number)} yêu cầu về dữ liệu cá nhân đang chờ",
        "period_closes": f"Tuần {number} đóng sau {left}",
        "units_at_zero": f"{grouped(number)} đơn vị chưa có người dự thi",
        "slogans_missing": f"{grouped(number)} đơn vị chưa gửi khẩu hiệu",
        "questions_flagged": f"{grouped(number)} câu hỏi cần xem lại",
        "results": f"{grouped(number)} tuần đã đóng, chưa chốt kết quả chính thức",
        "prizes": f"{grouped(number)} danh sách giải chờ người thứ hai xác nhận",
        "period_opens": f"Tuần {number} mở sau {left}",
    }
    return words[kind]


def concern_note(kind: str, until: datetime | None, now: datetime) -> str:
    """Until when, where there is an end to be told."""
    if until is None:
        return ""
    if kind == "requests":
        return f"hạn trả lời {date_text(until.date())}" if until > now else "đã quá hạn trả lời"
    if kind == "period_opens":
        return f"mở lúc {clock_and_date(until)}"
    return f"đến {end_with_year(until)}"


def reminder(period: int | None, ends_at: datetime | None, blocs: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The units at zero as they are pasted into a message; empty without any."""
    if not blocs or period is None or ends_at is None:
        return ""
    lines = [f"Tuần {period} của hội thi mở đến {end_with_year(ends_at)}. Các đơn vị chưa có người dự thi:"]
    for bloc, names in blocs:
        lines += ["", f"{bloc_name(bloc)}:", *(f"{number}. {name}" for number, name in enumerate(names, 1))]
    return "\n".join(lines)


def file_note(board: int | None, now: datetime) -> str:
    """The first line of the file."""
    name = "chưa mở tuần nào" if board is None else board_name(board).lower()
    return f"Tham gia theo đơn vị, {name}. Lập lúc {clock(now)} ngày {second_and_date(now)[9:]}."


def totals(found: int, count: int) -> str:
    """How many units the question finds."""
    return f"{grouped(count)} đơn vị" if found == count else f"{grouped(found)} trong {grouped(count)} đơn vị"
