"""Wording of the staff's page of accounts to be put together."""

TITLE = "Gộp tài khoản"
INTRO = (
    "Hai tài khoản cùng họ tên, cùng ngày sinh, một bằng CCCD, một bằng CMND. Có thể là một người, cũng có thể là hai: "
    "bạn xác minh với đơn vị trước khi gộp."
)
CAPTION = "Các cặp tài khoản có thể là của một người"
EMPTY = "Không có cặp nào cần xem."
READ_ONLY = "Vai trò của bạn chỉ xem. Ban Tổ chức quyết định việc gộp."
COLUMN_NAME = "Họ và tên"
COLUMN_CARD = "Giữ lại (CCCD)"
COLUMN_OLD = "Gộp vào, rồi đóng (CMND)"
COLUMN_ACTION = "Việc"
LOOK = "Xem"
MERGE_OF = "Gộp tài khoản của"
MERGE_TEXT = (
    "Bài thi của hai tài khoản về một. Mỗi tuần tính bài làm trước, đủ số lượt cho phép. "
    "Tài khoản CMND đóng lại, mọi phiên của nó kết thúc."
)
REASON = "Lý do"
REASON_HINT = "Bạn đã xác minh thế nào, ví dụ: đơn vị xác nhận qua công văn."
MERGE = "Gộp hai tài khoản"
CLOSE = "Đóng"


def account(masked: str, unit_name: str) -> str:
    """One of two accounts."""
    return f"{masked} · {unit_name}"


def merged(moved: int, surplus: int) -> str:
    """Said after two accounts were put together."""
    return f"Đã gộp. {moved} bài chuyển sang tài khoản giữ lại, {surplus} bài không tính vì quá số lượt."
