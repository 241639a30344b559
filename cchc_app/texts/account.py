"""Wording of the account page."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date, time_used_words

TITLE = "Tài khoản của bạn"
UNIT = "Đơn vị"
CITIZEN_ID = "Số CCCD/CMND"
NOT_NORMALISED = "Chưa chuẩn hoá định danh"
NOT_NORMALISED_TEXT = (
    "Bạn đăng ký bằng số CMND 9 chữ số. Bạn vẫn dự thi bình thường; trước khi xét giải, "
    "Ban Tổ chức sẽ đối chiếu với số CCCD 12 chữ số."
)
HISTORY = "Bài thi đã nộp"
HISTORY_EMPTY = "Các bài thi bạn nộp sẽ hiện ở đây, kèm mã biên nhận."
TO_QUIZ = "Vào phần Thi"
RECEIPT = "Mã biên nhận"
SEE_RESULT = "Xem kết quả"
SIGN_OUT = "Đăng xuất"
EVERYWHERE_TITLE = "Máy khác"
EVERYWHERE_TEXT = "Nếu bạn từng đăng nhập trên máy dùng chung, bạn có thể khép mọi phiên đang mở, kể cả trên máy này."
SIGN_OUT_EVERYWHERE = "Đăng xuất khỏi mọi thiết bị"


def paper_name(period: int | None) -> str:
    """Which paper a line of the history is."""
    return "Bài thi" if period is None else f"Tuần {period}"


def paper_result(correct: int | None, total: int, time_used_ms: int, marks_from: datetime | None) -> str:
    """What a line of the history says of its paper."""
    if correct is not None:
        return f"{correct}/{total} câu đúng · {time_used_words(time_used_ms)}"
    return f"Điểm hiện từ {clock_and_date(marks_from)}" if marks_from else f"{total} câu"


def finished(finished_at: datetime) -> str:
    """When a paper was handed in."""
    return f"Nộp lúc {clock_and_date(finished_at)}"


LINKED = (
    "Tài khoản này nay thuộc về VNeID của bạn. Mã PIN cũ và các phiên đăng nhập trước đã hết hiệu lực; "
    "từ lần sau bạn đăng nhập bằng VNeID."
)
GO_ON = "Tiếp tục"
