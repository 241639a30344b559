"""Wording of the spreadsheets of the slogan round: headings with their widths in characters."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date

LIST_FILE = "khau-hieu.xlsx"
RESULTS_FILE = "ket-qua-khau-hieu.xlsx"
MINUTES_FILE = "bien-ban-cham-khau-hieu.docx"

LIST_SHEET = "Khẩu hiệu"
LIST_COLUMNS = (
    ("STT", 6),
    ("Mã đơn vị", 12),
    ("Đơn vị", 34),
    ("Khối", 20),
    ("Tình trạng", 14),
    ("Khẩu hiệu", 60),
    ("Số tiếng", 9),
    ("Số bản", 8),
    ("Thay đổi lần cuối", 20),
    ("Người đại diện", 26),
    ("Gia hạn đến", 20),
    ("Lý do bị loại", 34),
)
RESULT_SHEET = "Kết quả"
RESULT_COLUMNS = (
    ("Hạng", 7),
    ("Mã số", 10),
    ("Khẩu hiệu", 60),
    ("Đơn vị", 34),
    ("Tác giả", 24),
    ("Số giám khảo", 9),
    ("Điểm", 9),
    ("Điểm chính xác", 14),
    ("Chênh lệch", 10),
    ("Cảnh báo", 14),
    ("Điểm chấm lại", 14),
    ("Đồng hạng", 12),
    ("Ý kiến trao đổi", 50),
)
SCORE_SHEET = "Điểm từng giám khảo"
SCORE_COLUMNS = (("Mã số", 10), ("Đơn vị", 34), ("Tài khoản", 18), ("Giám khảo", 24))
SCORE_LAST_COLUMNS = (("Tổng", 9), ("Nhận xét", 50))
TALK = "Cần trao đổi"
TIED = "Đồng hạng"
UNFINISHED = "Việc chấm chưa kết thúc, số liệu tạm tính."


def made_at(now: datetime) -> str:
    """The note above a table."""
    return f"Lập lúc {clock_and_date(now)}."


def criterion(name: str, weight: int) -> str:
    """A criterion's heading."""
    return f"{name} (×{weight})"


def note(name: str, text: str) -> str:
    """What a judge said."""
    return f"{name}: {text}"
