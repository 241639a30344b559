"""Wording of the public page of winners."""

from datetime import datetime

from cchc_app.texts.admin_results import board_name
from cchc_app.texts.formats import clock_and_date

TITLE = "Giải thưởng"
INTRO = "Danh sách do Ban Tổ chức xác nhận, lập từ kết quả chính thức theo thể lệ đã công bố."
BOARDS_LABEL = "Các danh sách giải"
WAITING_TITLE = "Chưa công bố giải nào"
WAITING = "Sau mỗi tuần thi, Ban Tổ chức chốt kết quả rồi công bố giải ở đây. Bạn xem bảng xếp hạng trong lúc chờ."
TO_STANDINGS = "Xem bảng xếp hạng"
LINK = "Xem danh sách được giải"
NOBODY = "Giải này chưa có ai đủ điều kiện."
HEADINGS = {"individual": "Giải cá nhân", "unit": "Giải tập thể", "slogan": "Giải khẩu hiệu"}


def heading(board: int) -> str:
    """What a list is of."""
    return board_name(board) if board else "Toàn hội thi"


def published(version: int, at: datetime) -> str:
    """Since when a list is public."""
    return f"Bản {version}, công bố lúc {clock_and_date(at)}."


def corrected(reason: str) -> str:
    """Why this version replaced another one."""
    return f"Bản này thay bản trước. Lý do: {reason}"


def withdrawn(reason: str) -> str:
    """Said in place of a list that was taken back."""
    return f"Ban Tổ chức đã rút lại danh sách này. Lý do: {reason}"
