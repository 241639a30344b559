"""Wording of the home page."""

from datetime import datetime
from typing import Any

from cchc_app.contest.regulations import QuizRules
from cchc_app.contest.schedule import Phase
from cchc_app.texts.formats import duration_words, end_of_window, end_with_year, grouped, short_date

EYEBROW = "Hội thi trực tuyến"
TITLE = "Tìm hiểu công tác cải cách hành chính thành phố Hải Phòng năm 2025"
PURPOSE = (
    "Hội thi dành cho cán bộ, công chức, viên chức và người lao động của các cơ quan, đơn vị thành phố. "
    "Bốn tuần thi trắc nghiệm, một vòng khẩu hiệu, kết quả hiện ngay khi nộp bài."
)
SCHEDULE = "Lịch các tuần"
NOW_DEFAULT = "Lịch thi"
ENTER = "Vào phần thi"
SIGN_IN = "Đăng nhập để dự thi"
PRACTISE = "Luyện tập trong lúc chờ"
SEE_STANDINGS = "Xem bảng xếp hạng"
RESUME = "Tiếp tục bài thi"
RESUME_LEFT = "còn"
PRACTICE_LINK = "Luyện tập"
RULES_LINK = "Đọc thể lệ"
OVER = "Bốn tuần thi đã kết thúc"
OVER_DETAIL = "Kết quả chính thức do Ban Tổ chức công bố."

SLOGAN_TITLE = "Vòng 2 · Khẩu hiệu"
SLOGAN_LINK = "Xem vòng khẩu hiệu"
PRIZES_TITLE = "Giải thưởng"
PRIZES_EMPTY = "Cơ cấu giải thưởng do Ban Tổ chức công bố tại đây."
NEWS_TITLE = "Tin hội thi"
NEWS_EMPTY = "Thông báo của Ban Tổ chức sẽ hiện ở đây."
VIDEO_TITLE = "Video giới thiệu"
WATCH = "Xem video (mở thẻ mới)"
DOCUMENTS_TITLE = "Văn bản"
HOW_TITLE = "Cách dự thi"
HOW_STEPS = (
    "Đăng ký bằng số CCCD/CMND, chọn đơn vị và đặt mã PIN. Việc này mất chưa đến một phút.",
    "Mỗi tuần làm một bài trắc nghiệm có giới hạn thời gian. Từng câu trả lời được lưu ngay trên máy chủ.",
    "Nộp bài để xem điểm, lời giải thích kèm căn cứ pháp lý và thứ hạng của bạn.",
)
SHARE_TITLE = "Chia sẻ hội thi"
SHARE_TEXT = "Đơn vị có thể dán mã QR hoặc liên kết này lên trang của mình."
SHOW_QR = "Hiện mã QR"
QR_ALT = "Mã QR mở trang hội thi"
SAVE_QR = "Lưu mã QR"
QR_FILE = "ma-qr-hoi-thi.svg"
COPY_LINK = "Chép liên kết"
COPY_SNIPPET = "Chép mã nhúng"
WEEK_DEFAULTS = ("Tuần 1", "Tuần 2", "Tuần 3", "Tuần 4")


def week_name(number: int) -> str:
    """`Tuần 2`."""
    return f"Tuần {number}"


def week_state(week: Any) -> tuple[str, str]:
    """Two short lines under a week of the path: how it stands, and one's own rank.

    Args:
        week: a `services.home.Week`.
    """
    if week.mine is not None:
        return f"{week.mine.correct}/{week.mine.total} câu", f"hạng {grouped(week.mine.rank)}" if week.mine.rank else ""
    if week.phase is Phase.OPEN:
        return "đang mở", ""
    return (short_date(week.opens_at), "") if week.phase is Phase.UPCOMING else ("đã đóng", "")


def now_pill(week: Any) -> str:
    """What is open now, or what comes."""
    return f"{week_name(week.number)} đang mở" if week.phase is Phase.OPEN else f"{week_name(week.number)} sắp mở"


def now_until(week: Any) -> str:
    """Until when, or from when."""
    if week.phase is Phase.OPEN:
        return f"đến {end_of_window(week.closes_at)}"
    return f"từ 00:00 {short_date(week.opens_at)}" if _at_midnight(week.opens_at) else f"từ {short_date(week.opens_at)}"


def begin(number: int) -> str:
    """The button into a week's paper."""
    return f"Vào thi tuần {number}"


def see_result(number: int) -> str:
    """The button to the result of a week."""
    return f"Xem kết quả tuần {number}"


def paper_facts(quiz: QuizRules) -> str:
    """`20 câu · 20 phút · 1 lượt tính điểm`."""
    return f"{quiz.question_count} câu · {duration_words(quiz.duration_ms)} · {quiz.attempts_allowed} lượt tính điểm"


def slogan_text(words: tuple[int, int]) -> str:
    """What the slogan round asks for."""
    return f"Mỗi đơn vị một khẩu hiệu {words[0]}–{words[1]} tiếng, dễ nhớ, theo tinh thần “hành chính phục vụ”."


def slogan_deadline(phase: Phase, closes_at: datetime) -> str:
    """The deadline of the slogan round; its instant itself is too late."""
    if phase is Phase.CLOSED:
        return f"Đã khép lại lúc {end_with_year(closes_at)}"
    return f"Hạn: {end_with_year(closes_at)}"


def snippet(url: str, title: str) -> str:
    """HTML that other sites paste to link to the contest."""
    return f'<a href="{url}" target="_blank" rel="noopener">{title}</a>'


def _at_midnight(instant: datetime) -> bool:
    return end_of_window(instant).startswith("24:00")
