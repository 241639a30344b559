"""Wording of the unit's desk and of the page where a unit's code is entered."""

from typing import Any

from cchc_app.texts.formats import grouped

CODE_TITLE = "Nhập mã của đơn vị"
CODE_INTRO = "Ai nhập đúng mã thì thành người đại diện và viết khẩu hiệu cho đơn vị. Mỗi mã dùng một lần."
CODE_UNIT = "Đơn vị bạn đã đăng ký"
CODE = "Mã của đơn vị"
CODE_HINT = "12 ký tự trên phiếu Ban Tổ chức gửi, ví dụ 7KQF-M8XT-2BCD. Gõ chữ thường hay bỏ gạch đều được."
CODE_HAND_OVER = "Khi mã được dùng, người đại diện trước thôi viết. Khẩu hiệu của đơn vị vẫn giữ nguyên."
CODE_SEND = "Nhận vai trò đại diện"
CODE_VISITOR = "Mã dùng cho người đã đăng ký dự thi. Bạn đăng nhập, rồi mã vừa quét được điền sẵn."
CODE_ALREADY = "Bạn đang là người đại diện của đơn vị, không cần nhập mã nữa."
SIGN_IN = "Đăng nhập"
TO_SLOGAN = "Đến trang Khẩu hiệu"

TITLE = "Bàn làm việc của đơn vị"
SLOGAN = "Khẩu hiệu"
SLOGAN_NONE = "Đơn vị chưa gửi khẩu hiệu."
WRITE = "Viết khẩu hiệu"
SEE = "Xem khẩu hiệu"
FIGURES = "Đơn vị tham gia"
REGISTERED = "đã đăng ký"
TOOK_PART = "đã thi tuần này"
EVER = "đã thi ít nhất một tuần"
HEADCOUNT = "quân số"
SYNTHETIC = "Quân số là số giả lập, Ban Tổ chức sẽ nhập số thật."
WITHHELD = "Số người dự thi được giữ kín đến khi tuần này khép lại, vì câu dự đoán hỏi về con số đó."
PEOPLE = "Ai đã thi tuần này"
PEOPLE_TEXT = "Chỉ nêu tên, không nêu điểm. Danh sách chỉ người đại diện xem được."
PEOPLE_NONE = "Chưa có ai của đơn vị thi xong tuần này."
PEOPLE_BETWEEN = "Hiện không có tuần thi nào đang mở."
DENIED_TITLE = "Trang của người đại diện đơn vị"
DENIED_TEXT = "Bạn nhập mã của đơn vị để thành người đại diện, hoặc liên hệ Ban Tổ chức."
POSTER = "Tờ mời dự thi"
POSTER_TEXT = "In ra và dán ở nơi mọi người dễ quét."
PRINT = "In tờ mời"
POSTER_HEAD = "Mời cán bộ, công chức, viên chức và người lao động"
POSTER_SCAN = "Quét mã để vào thi"
POSTER_ALT = "Mã QR mở trang hội thi"


def week(number: int) -> str:
    """Which week the list is about."""
    return f"{PEOPLE} (tuần {number})"


def figures(desk: Any) -> list[tuple[str, str]]:
    """Figures with their meaning.

    Args:
        desk: a `services.unit_desk.UnitDesk`.
    """
    lines = [(grouped(desk.headcount), HEADCOUNT), (grouped(desk.registered), REGISTERED)]
    if desk.withheld:
        return lines
    return [
        *lines,
        *([(grouped(len(desk.took_part)), TOOK_PART)] if desk.week else []),
        (grouped(desk.ever), EVER),
    ]
