"""Wording of the organisers' pages of papers."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date, exact_time, second_and_date

TITLE = "Bài thi"
PAGE_TITLE = "Một bài thi"
SEARCH = "Tìm tên hoặc mã biên nhận"
FILTER_WEEK, FILTER_STATE, FILTER_UNIT, FILTER_BLOC = "Tuần", "Tình trạng", "Đơn vị", "Khối"
ALL_WEEKS, ALL_STATES, ALL_UNITS, ALL_BLOCS = "Mọi tuần", "Mọi tình trạng", "Mọi đơn vị", "Mọi khối"
STATE_CHOICES = {"dang-lam": "Đang làm", "da-nop": "Đã nộp", "het-gio": "Hết giờ"}
STATES = {"open": "Đang làm", "submitted": "Đã nộp", "expired": "Hết giờ"}
TONES = {"open": "gold", "submitted": "right", "expired": "plain"}
CAPTION = "Bài thi tính điểm theo tìm kiếm và bộ lọc"
COLUMN_STARTED, COLUMN_SCORE, COLUMN_TIME = "Bắt đầu", "Đúng", "Thời gian"
COLUMN_RECEIPT, COLUMN_WHO, COLUMN_WEEK, COLUMN_STATE = "Mã biên nhận", "Người thi", "Tuần", "Tình trạng"
NOTHING_FOUND = "Không có bài nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
EXPORT = "Xuất xlsx"
THINGS = "bài"
FILE_SHEET = "Bài thi"
FILE_NAME = "bai-thi.xlsx"
FILE_COLUMNS = (
    ("Mã biên nhận", 18),
    ("Họ và tên", 28),
    ("Số CCCD/CMND (che)", 18),
    ("Đơn vị", 36),
    ("Tuần", 8),
    ("Lượt", 8),
    ("Tình trạng", 12),
    ("Bắt đầu", 20),
    ("Kết thúc", 20),
    ("Đúng", 8),
    ("Thời gian (phút:giây,phần nghìn)", 18),
)

BACK = "Về danh sách bài thi"
READ_ONLY = "Nhật ký của bài do máy chủ ghi. Không ai sửa được ở đây."
PERSON, UNIT, WEEK, STATE = "Người thi", "Đơn vị", "Tuần, lượt", "Tình trạng"
SCORE, TIME, DEADLINE, RULES, ANSWERED = "Đúng", "Thời gian làm", "Hạn của bài", "Bản thể lệ", "Đã trả lời"
MODE, PREDICTION = "Cách báo kết quả", "Dự đoán"
MODES = {
    "immediate": "Báo đúng sai ngay, câu trả lời không đổi được",
    "at_end": "Báo khi nộp, giữ lần trả lời cuối",
    "after_close": "Báo khi hết tuần, giữ lần trả lời cuối",
}
TIMELINE = "Diễn biến"
TIMELINE_CAPTION = "Diễn biến của bài theo giờ máy chủ"
COLUMN_AT, COLUMN_GAP, COLUMN_WHAT, COLUMN_DETAIL = "Giờ máy chủ", "Cách dòng trên", "Việc", "Chi tiết"
STEPS = {
    "started": "Bắt đầu",
    "answered": "Trả lời",
    "submitted": "Nộp bài",
    "expired": "Hết giờ, máy chủ đóng bài",
}
EVENTS = {
    "shown": "Mở bài",
    "shown_again": "Tải lại trang hoặc nối lại mạng",
    "another_tab": "Mở ở thẻ khác, hoặc sau khi máy chủ khởi động lại",
    "another_browser": "Mở ở thiết bị khác hoặc lần đăng nhập khác",
}
RIGHT, WRONG = "Đúng", "Sai"
_LETTERS = "ABCDEF"


def score(correct: int | None, total: int) -> str:
    """A score of its most, empty while the paper is open."""
    return "" if correct is None else f"{correct}/{total}"


def seconds(milliseconds: int | None) -> str:
    """Time used to the millisecond, empty while the paper is open."""
    return "" if milliseconds is None else exact_time(milliseconds)


def started(at: datetime) -> str:
    """When a paper was begun."""
    return second_and_date(at)


def week(period_number: int, number: int) -> str:
    """Week and attempt."""
    return f"Tuần {period_number}, lượt {number}"


def deadline(at: datetime, grace_ms: int, extra_ms: int) -> str:
    """The paper's deadline with what was added to it."""
    extra = f", gồm {extra_ms // 60_000} phút thêm" if extra_ms else ""
    return f"{clock_and_date(at)}{extra}; nhận thêm {grace_ms / 1000:g} giây độ trễ mạng".replace(".", ",")


def version(number: int) -> str:
    """The version of the rules a paper was begun under."""
    return f"Bản {number}"


def answered(count: int, total: int) -> str:
    """How many questions were answered."""
    return f"{count}/{total} câu"


def step_time(at: datetime) -> str:
    """A server's instant to the millisecond: `09:14:07,318 12/11/2025`."""
    clock, _, day = second_and_date(at).partition(" ")
    return f"{clock},{at.microsecond // 1000:03d} {day}"


def gap(milliseconds: int) -> str:
    """Time since the line before, empty for none."""
    return f"+{exact_time(milliseconds)}" if milliseconds else ""


def question(position: int) -> str:
    """A question's place on the paper."""
    return f"Câu {position + 1}"


def option(choice: int, text: str) -> str:
    """A chosen option as it stood on the screen."""
    return f"{_LETTERS[choice]}. {text}"


def browser(number: int) -> str:
    """One of the browsers a paper was shown in."""
    return f"Thiết bị {number}" if number else ""
