"""Wording of the organisers' page of unit codes and representatives, and of the sheet that is printed."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date, grouped

TITLE = "Mã đơn vị và người đại diện"
INTRO = (
    "Người đại diện viết khẩu hiệu cho đơn vị. Đơn vị nhận mã dùng một lần: người dự thi của đơn vị nhập mã thì thành "
    "người đại diện. Ban Tổ chức cũng có thể cử trực tiếp."
)
SEARCH = "Tìm đơn vị, người đại diện"
FILTER_WRITER = "Người đại diện"
ALL_WRITERS = "Mọi đơn vị"
WRITERS = {"co": "Có người đại diện", "da-cap-ma": "Đã cấp mã, chưa dùng", "chua-co": "Chưa có gì"}
TONES = {"co": "right", "da-cap-ma": "gold", "chua-co": "plain"}
CAPTION = "Các đơn vị và người đại diện"
COLUMN_CHOOSE = "Chọn"
COLUMN_UNIT = "Đơn vị"
COLUMN_CODE = "Mã còn dùng được"
COLUMN_WRITER = "Người đại diện"
COLUMN_ACTION = "Việc"
NOTHING_FOUND = "Không có đơn vị nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
MAKE_CHOSEN = "Tạo mã cho đơn vị đã chọn"
MAKE_TITLE = "Tạo mã"
MAKE_TEXT = (
    "Mã mới thay mã cũ của cùng đơn vị: phiếu đã in trước đó hết tác dụng. Mã chỉ hiện một lần, ngay sau khi tạo."
)
MANAGE = "Quản lý"
PANEL_CLOSE = "Đóng"
TERMS = "Người đại diện hiện nay"
TERMS_NONE = "Đơn vị chưa có người đại diện."
DISMISS = "Thôi cử"
APPOINT_TITLE = "Cử người của đơn vị"
APPOINT_SEARCH = "Tìm theo tên"
APPOINT_HINT = "Chỉ người đã đăng ký dự thi ở đơn vị này."
APPOINT = "Cử làm đại diện"
NO_CANDIDATES = "Không có ai khớp. Người cần cử đăng ký dự thi trước, chọn đúng đơn vị này."
BY_CODE = "nhập mã"
SHEET_TITLE = "Phiếu mã đơn vị"
SHEET_NOTE = "Các mã chỉ hiện lần này. Bạn in ngay, gửi riêng cho từng đơn vị; máy chủ chỉ giữ mã băm."
PRINT = "In phiếu"
SHEET_DONE = "Tôi đã in, cất mã đi"
CARD_HEAD = "Mã viết khẩu hiệu của đơn vị"
CARD_CODE = "Mã đơn vị"
CARD_QR = "Mã QR mở trang nhập mã"
CARD_STEPS = (
    "Người được đơn vị cử đăng ký dự thi và đăng nhập.",
    "Quét mã QR, hoặc mở trang Khẩu hiệu rồi nhập mã.",
    "Viết, lưu nháp và gửi khẩu hiệu trước hạn.",
)
CARD_ONCE = "Mã dùng một lần. Không chuyển cho người ngoài đơn vị."
NOBODY = "Chưa có"


def counted(writer: str, count: int) -> str:
    """A filter's value with its number."""
    return f"{WRITERS[writer]} ({grouped(count)})"


def make_missing(count: int) -> str:
    """The button for all units nobody writes for."""
    return f"Tạo mã cho cả {grouped(count)} đơn vị chưa có người đại diện"


def made(count: int) -> str:
    """Said after codes were made."""
    return f"Đã tạo {grouped(count)} mã."


def appointed(name: str, unit: str) -> str:
    """Said after somebody was appointed."""
    return f"{name} đã là người đại diện của {unit}."


def dismissed(name: str, unit: str) -> str:
    """Said after a term was ended."""
    return f"{name} thôi đại diện {unit}. Khẩu hiệu của đơn vị vẫn còn."


def term(by: str, at: datetime) -> str:
    """Since when, and how it came."""
    return f"từ {clock_and_date(at)}, {BY_CODE if by == 'code' else by}"


def choose(unit: str) -> str:
    """Names a checkbox."""
    return f"Chọn {unit}"


def code_since(at: datetime) -> str:
    """A code that can still be used."""
    return f"cấp {clock_and_date(at)}"
