"""Wording of the page about one's own data."""

from datetime import datetime, timedelta
from typing import Any

from cchc_app.texts.formats import clock_and_date, date_text, instant_date

TITLE = "Dữ liệu của tôi"
INTRO = "Đây là những gì hội thi đang lưu về bạn. Số giấy tờ và số điện thoại được che bớt, kể cả trong tệp tải về."
STORED = "Đang được lưu"
DOWNLOAD = "Tải tệp dữ liệu"
DOWNLOAD_TEXT = "Tệp JSON gồm cả từng câu trả lời, thiết bị đang đăng nhập và các yêu cầu của bạn."
CONSENTS = "Bạn đã đồng ý"

ASK = "Yêu cầu của bạn"
ASK_TEXT = "Ban Tổ chức trả lời trong 2 ngày làm việc."
NO_REQUESTS = "Bạn chưa gửi yêu cầu nào."
CORRECTION = "Thông tin nào sai, nội dung đúng là gì"
CORRECTION_HINT = "Tối đa 400 ký tự. Không ghi mã PIN."
SEND_CORRECTION = "Gửi yêu cầu sửa"
ERASE_TITLE = "Xóa dữ liệu"
ERASE_TEXT = (
    "Khi yêu cầu được thực hiện, họ tên, số giấy tờ, ngày sinh, số điện thoại và mã PIN của bạn bị xóa, "
    "bạn không đăng nhập được nữa. Điểm vẫn nằm trong tổng của đơn vị, không kèm tên bạn."
)
SEND_ERASURE = "Gửi yêu cầu xóa"
WITHDRAW_TITLE = "Rút lại sự đồng ý"
WITHDRAW_TEXT = (
    "Rút lại sự đồng ý trước khi công bố kết quả nghĩa là bạn không dự thi nữa: bạn không mở được bài mới, "
    "và Ban Tổ chức xóa dữ liệu như khi có yêu cầu xóa. Nếu đổi ý, bạn đồng ý lại ở lần đăng nhập sau."
)
SEND_WITHDRAWAL = "Rút lại sự đồng ý và yêu cầu xóa"
WITHDRAWN = "Bạn đã rút lại sự đồng ý."
AGREE_AGAIN = "Đồng ý trở lại"
CANCEL = "Hủy yêu cầu"
BACK = "Về trang tài khoản"

KINDS = {"correction": "Sửa thông tin", "erasure": "Xóa dữ liệu", "withdrawal": "Rút lại sự đồng ý"}
STATUSES = {"open": "Đang chờ", "done": "Đã thực hiện", "refused": "Không thực hiện", "cancelled": "Đã hủy"}
PURPOSES = {"participation": "Tham gia hội thi"}
NOTHING = "Không có"


def facts(data: Any) -> list[tuple[str, str]]:
    """Names and values of what is stored.

    Args:
        data: a `services.my_data.MyData`.
    """
    answers = sum(len(paper.answers) for paper in data.papers)
    return [
        ("Họ và tên", data.full_name),
        ("Ngày sinh", date_text(data.birth_date)),
        ("Số CCCD/CMND", data.citizen_id_masked),
        ("Số điện thoại", data.phone_masked or NOTHING),
        ("Đơn vị", data.unit_name),
        ("Đăng ký lúc", clock_and_date(data.registered_at)),
        ("Bài làm", f"{len(data.papers)} bài, {answers} câu trả lời"),
        ("Lượt nhập sai mã PIN còn ghi nhớ", str(data.wrong_tries)),
        ("Mã PIN", "Chỉ lưu dưới dạng băm, không ai đọc lại được"),
    ]


def consent(given: Any) -> str:
    """What was agreed to and when.

    Args:
        given: a `services.my_data.GivenConsent`.
    """
    purpose = PURPOSES.get(given.purpose, given.purpose)
    line = f"{purpose}, thông báo phiên bản {given.version}, lúc {clock_and_date(given.given_at)}"
    return line if given.withdrawn_at is None else f"{line}; rút lại lúc {clock_and_date(given.withdrawn_at)}"


def when(created_at: datetime, due_at: datetime, closed_at: datetime | None) -> str:
    """When a request was sent and by when it is answered, or when it was closed."""
    sent = f"Gửi lúc {clock_and_date(created_at)}"
    if closed_at is not None:
        return f"{sent}, xong ngày {instant_date(closed_at)}"
    return f"{sent}, trả lời chậm nhất ngày {_last_day(due_at)}"


def asked(due_at: datetime) -> str:
    """What is said when a request was taken."""
    return f"Đã ghi nhận yêu cầu. Bạn được trả lời chậm nhất ngày {_last_day(due_at)}."


def answer(reason: str) -> str:
    """Why a request was refused; empty when it was not."""
    return f"Lý do: {reason}" if reason else ""


def _last_day(due_at: datetime) -> str:
    """The day that ends at an instant."""
    return instant_date(due_at - timedelta(milliseconds=1))
