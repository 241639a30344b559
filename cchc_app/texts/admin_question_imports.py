"""Wording of imports of questions."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date, grouped
from cchc_app.texts.question_files import FORMATS

IMPORTS = "Nhập câu hỏi"
INTRO = "Nhận xlsx, CSV, GIFT, Aiken và Moodle XML, đến 20 MB và 20.000 câu. Chưa ghi gì cho đến khi bạn xác nhận."
FILE = "Tệp câu hỏi"
TOO_LARGE = "Tệp lớn hơn 20 MB. Bạn chia thành nhiều tệp nhỏ hơn."
UPLOAD = "Tải lên và xem trước"
TEMPLATE = "Tải tệp mẫu"
LIST_TITLE = "Các lần nhập"
CAPTION = "Các lần nhập câu hỏi, mới nhất trước"
LIST_EMPTY = "Chưa có lần nhập nào. Tệp bạn tải lên sẽ hiện ở đây, cả khi bạn rời trang."
COLUMN_FILE = "Tệp"
COLUMN_STATE = "Tình trạng"
COLUMN_WHO = "Người nhập"
COLUMN_WHEN = "Lúc"
STATES = {
    "reading": "Đang đọc",
    "ready": "Chờ xác nhận",
    "done": "Đã nhập",
    "refused": "Có lỗi",
    "dropped": "Đã bỏ",
}
TONES = {"reading": "info", "ready": "gold", "done": "right", "refused": "wrong", "dropped": "plain"}
INTERRUPTED = "Bị ngắt"
INTERRUPTED_TEXT = "Máy chủ khởi động lại khi đang đọc tệp. Chưa ghi câu nào. Bạn bỏ lần nhập này rồi tải tệp lên lại."
READING = "Đang đọc tệp. Bạn có thể rời trang và quay lại sau."
BACK = "Về các lần nhập"
PARTS_LABEL = "Các phần của bản xem trước"
PARTS = {
    "loi": "Lỗi",
    "can-xem": "Cần xem",
    "trung": "Trùng",
    "sua": "Đề nghị sửa",
    "cau": "Câu hỏi",
}
PART_EMPTY = {
    "loi": "Không có lỗi nào.",
    "can-xem": "Không có gì cần xem thêm.",
    "trung": "Không có câu nào trùng trong tệp hoặc với ngân hàng.",
    "sua": "Không có đề nghị sửa nào.",
    "cau": "Chưa đọc được câu hỏi nào.",
}
COLUMN_ROW = "Dòng"
COLUMN_COLUMN = "Cột"
COLUMN_PROBLEM = "Vấn đề"
COLUMN_QUESTION = "Câu hỏi"
COLUMN_SAME_AS = "Trùng với"
COLUMN_BEFORE = "Đang là"
COLUMN_AFTER = "Sẽ là"
COLUMN_CODE = "Mã"
COLUMN_PLACE = "Nhóm, chủ đề, độ khó"
DUPLICATES_TEXT = "Câu trùng vẫn được nhập. Nếu không muốn, bạn xóa khỏi tệp rồi nhập lại."
OFFERS = "Đề nghị sửa"
ACCEPT = "Đồng ý sửa"
KEEP = "Giữ nguyên"
ACCEPTED = "Đã sửa"
KEPT = "Giữ nguyên"
OPEN = "Chưa trả lời"
FILL_TITLE = "Điền chỗ còn trống"
CONFIRM_TITLE = "Xác nhận nhập"
CONFIRM_TEXT = "Mọi câu được ghi cùng một lúc, thành bản nháp chờ người thứ hai duyệt."
ERRORS_BLOCK = "Tệp còn lỗi nên chưa nhập được. Bạn sửa trong tệp theo bảng lỗi rồi tải lên lại."
DROP = "Bỏ lần nhập này"
DROPPED_TEXT = "Lần nhập này đã bỏ. Không có câu nào được ghi."
SEE_BANK = "Xem các câu chờ duyệt"
EMPTY_CODES = "sẽ được đánh mã tiếp theo"
NO_VALUE = "trống"
PREVIOUS = "Trang trước"
NEXT = "Trang sau"


def progress(done: int, total: int) -> str:
    """How far the reading is."""
    return f"{grouped(done)}/{grouped(total)} câu" if total else "Đang mở tệp"


def part(name: str, count: int) -> str:
    """A part with how much is in it."""
    return f"{PARTS[name]} ({grouped(count)})"


def facts(kind: str, questions: int) -> str:
    """What a file holds, in one line."""
    return f"{FORMATS.get(kind, kind)}: {grouped(questions)} câu đọc được" if kind else "Chưa đọc được tệp này"


def missing(name: str, count: int) -> str:
    """How many questions lack something."""
    return f"{grouped(count)} câu chưa có {name}"


def offer(sentence: str, cells: int) -> str:
    """A kind of repair with the number of cells."""
    return f"{sentence}: {grouped(cells)} ô"


def same_as(first_row: int | None, code: str) -> str:
    """What a question repeats."""
    return f"câu {code} trong ngân hàng" if code else f"dòng {first_row} của tệp"


def confirm(count: int) -> str:
    """Names the button that writes everything."""
    return f"Nhập {grouped(count)} câu"


def written(count: int) -> str:
    """Said once everything is written."""
    return f"Đã nhập {grouped(count)} câu thành bản nháp."


def made(by: str, at: datetime) -> str:
    """Who brought the file, and when."""
    return f"{by} tải lên lúc {clock_and_date(at)}"


def page_of(page: int, pages: int) -> str:
    """Which page is shown."""
    return f"Trang {page}/{pages}"


def row(number: int | None) -> str:
    """Where in the file."""
    return "" if number is None else str(number)
