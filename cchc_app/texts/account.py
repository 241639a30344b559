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
NOT_RANKED = "Không xếp hạng"
NOT_RANKED_TEXT = (
    "Số CCCD/CMND của bạn thuộc người tổ chức, chấm thi hoặc biên tập câu hỏi. Bạn vẫn làm bài và xem kết quả, "
    "nhưng không có tên trên bảng xếp hạng. Nếu chưa đúng, bạn liên hệ Ban Tổ chức."
)
PIN = "Mã PIN"
PIN_TEXT = "Mã PIN mở cửa đăng nhập bằng CCCD/CMND. Khi đổi, các thiết bị khác của bạn bị đăng xuất."
NO_PIN_TEXT = (
    "Bạn chưa có mã PIN. Đặt mã để đăng nhập bằng CCCD/CMND khi cổng VNeID không dùng được. "
    "Khi đặt, các thiết bị khác của bạn bị đăng xuất."
)
CURRENT_PIN = "Mã PIN đang dùng"
NEW_PIN = "Mã PIN mới"
NEW_PIN_HINT = "6 chữ số, không lấy từ ngày sinh hay số CCCD."
NEW_PIN_AGAIN = "Nhập lại mã PIN"
SET_PIN = "Đặt mã PIN"
CHANGE_PIN = "Đổi mã PIN"
PIN_SAVED = "Đã lưu mã PIN mới. Các thiết bị khác đã đăng xuất."
HISTORY = "Bài thi đã nộp"
HISTORY_EMPTY = "Các bài thi bạn nộp sẽ hiện ở đây, kèm mã biên nhận."
TO_QUIZ = "Vào phần Thi"
RECEIPT = "Mã biên nhận"
SEE_RESULT = "Xem kết quả"
SIGN_OUT = "Đăng xuất"
DEVICES = "Thiết bị đang đăng nhập"
DEVICE_UNKNOWN = "Trình duyệt khác"
DEVICE_CURRENT = "Thiết bị này"
SIGN_OUT_DEVICE = "Đăng xuất thiết bị"
EVERYWHERE_TEXT = "Bạn có thể khép mọi phiên, kể cả trên máy này. Trang đang mở ở nơi khác thoát ra sau vài giây."
MY_DATA = "Dữ liệu của tôi"
MY_DATA_TEXT = "Xem, tải về, yêu cầu sửa hoặc xóa những gì hội thi đang lưu về bạn."
SIGN_OUT_EVERYWHERE = "Đăng xuất khỏi mọi thiết bị"


def device_seen(created_at: datetime, last_seen_at: datetime) -> str:
    """Since when a browser is signed in and when it was last here; the latter is noted every ten minutes."""
    return f"Đăng nhập lúc {clock_and_date(created_at)}, dùng gần nhất lúc {clock_and_date(last_seen_at)}"


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
    "từ lần sau bạn đăng nhập bằng VNeID, hoặc bằng mã PIN mới nếu bạn đặt ở dưới."
)
GO_ON = "Tiếp tục"
