"""Wording of the staff's page of requests about people's data."""

from datetime import datetime, timedelta

from cchc_app.texts.formats import clock_and_date, instant_date

TITLE = "Yêu cầu dữ liệu"
INTRO = "Người dự thi gửi ở mục Dữ liệu của tôi. Trả lời trong 2 ngày làm việc; yêu cầu sắp đến hạn đứng trước."
CAPTION = "Yêu cầu đang chờ, đến hạn trước đứng trước"
EMPTY = "Không có yêu cầu nào đang chờ."
READ_ONLY = "Vai trò của bạn chỉ xem. Ban Tổ chức trả lời các yêu cầu này."
COLUMN_PERSON = "Người gửi"
COLUMN_KIND = "Yêu cầu"
COLUMN_SENT = "Gửi lúc"
COLUMN_DUE = "Hạn trả lời"
COLUMN_ACTION = "Việc"
OVERDUE = "Quá hạn"
ANSWER = "Trả lời"
ANSWER_TO = "Trả lời yêu cầu của"
WROTE = "Nội dung"
KINDS = {"correction": "Sửa thông tin", "erasure": "Xóa dữ liệu", "withdrawal": "Rút lại sự đồng ý, xóa dữ liệu"}
ERASE = "Thực hiện xoá"
ERASE_TEXT = (
    "Xóa họ tên, số giấy tờ, ngày sinh, số điện thoại và mã PIN. Bài thi và điểm ở lại, không kèm tên. "
    "Không hoàn lại được."
)
CORRECT = "Đã sửa"
CORRECT_TEXT = "Bạn bấm khi thông tin đã được sửa xong."
REFUSE = "Từ chối"
REASON = "Lý do"
REASON_HINT = "Người gửi đọc được lý do này."
CLOSE = "Đóng"
ERASED = "Đã xóa dữ liệu của người gửi. Các bảng xếp hạng đã cập nhật."
CORRECTED = "Đã ghi nhận là đã sửa."
REFUSED = "Đã từ chối. Người gửi thấy lý do ở mục Dữ liệu của tôi."


def sent(created_at: datetime) -> str:
    """When a request was sent."""
    return clock_and_date(created_at)


def due(due_at: datetime) -> str:
    """The last day of a request's term, which ends at an instant."""
    return f"hết ngày {instant_date(due_at - timedelta(milliseconds=1))}"
