"""Wording of the organisers' pages of participants."""

from datetime import date, datetime
from typing import Any

from cchc_app.texts.formats import clock_and_date, date_text, instant_date, second_and_date

TITLE = "Người dự thi"
PAGE_TITLE = "Một người dự thi"
SEARCH = "Tìm tên, đơn vị hoặc 2 số cuối CCCD"
FILTER_UNIT, FILTER_BLOC = "Đơn vị", "Khối"
FILTER_STATE, FILTER_IDENTITY = "Tình trạng", "Định danh"
ALL_UNITS, ALL_BLOCS, ALL_STATES, ALL_IDENTITIES = "Mọi đơn vị", "Mọi khối", "Mọi tình trạng", "Mọi định danh"
STATE_CHOICES = {
    "bi-khoa": "Bị khóa",
    "bi-loai": "Bị loại",
    "khong-xep-hang": "Không xếp hạng",
    "binh-thuong": "Bình thường",
}
IDENTITY_CHOICES = {
    "vneid": "Đã nối VNeID",
    "chua-vneid": "Chưa nối VNeID",
    "chua-chuan-hoa": "Chưa chuẩn hóa định danh",
}
CAPTION = "Người dự thi theo tìm kiếm và bộ lọc"
COLUMN_NAME, COLUMN_UNIT, COLUMN_CREATED = "Họ và tên", "Đơn vị", "Đăng ký"
COLUMN_STATE, COLUMN_IDENTITY, COLUMN_PAPERS = "Tình trạng", "Định danh", "Bài"
NOTHING_FOUND = "Không có ai khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
EXPORT = "Xuất xlsx"
THINGS = "người"
MERGES = "Các cặp tài khoản có thể là của một người"
ACTIVE = "Bình thường"
BLOCKED, DISQUALIFIED, UNRANKED = "Bị khóa", "Bị loại", "Không xếp hạng"
MERGED, ERASED = "Đã gộp", "Đã xóa dữ liệu"
OLD_CARD = "CMND, chưa chuẩn hóa"
CARD = "CCCD"
VNEID = "CCCD, đã nối VNeID"
FILE_SHEET = "Người dự thi"
FILE_NAME = "nguoi-du-thi.xlsx"
FILE_COLUMNS = (
    ("STT", 6),
    ("Họ và tên", 28),
    ("Số CCCD/CMND (che)", 18),
    ("Mã đơn vị", 12),
    ("Đơn vị", 36),
    ("Khối", 22),
    ("Tình trạng", 20),
    ("Định danh", 24),
    ("Số bài thi", 10),
    ("Đăng ký lúc", 20),
)

BACK = "Về danh sách"
WHO = "Người này"
BIRTH_DATE = "Ngày sinh"
CITIZEN_ID = "Số CCCD/CMND"
PHONE = "Số điện thoại"
NO_PHONE = "Không có"
UNIT = "Đơn vị"
REGISTERED = "Đăng ký"
SESSIONS = "Phiên đang mở"
PIN = "Mã PIN"
HAS_PIN, NO_PIN = "Đã đặt", "Chưa đặt"
EXTRA = "Thời gian thêm"
NO_EXTRA = "Không"
KEPT = "Mở tài khoản được giữ lại"
CLOSED_TEXT = "Tài khoản này đã đóng vì đã gộp hoặc đã xóa dữ liệu. Không quyết định gì thêm được."
ONLY_READING = "Vai trò của bạn chỉ xem. Ban Tổ chức quyết định."
PAPERS = "Bài thi"
NO_PAPERS = "Chưa có bài thi nào."
COLUMN_WEEK, COLUMN_RECEIPT, COLUMN_SCORE, COLUMN_TIME = "Tuần", "Mã biên nhận", "Đúng", "Thời gian"
COLUMN_STARTED = "Bắt đầu"
HISTORY = "Các quyết định"
NO_HISTORY = "Chưa có quyết định nào."
CONSENTS = "Đồng ý xử lý dữ liệu"
NO_CONSENTS = "Chưa có lần đồng ý nào."
DEEDS = "Việc có thể làm"

REASON = "Lý do"
REASON_HINT = "Một câu, để người khác hiểu quyết định. Không ghi số CCCD hay số điện thoại."
REVEAL_TITLE = "Xem đủ số CCCD/CMND"
REVEAL_TEXT = "Nhật ký ghi ai xem, lúc nào, vì sao. Số chỉ hiện lần này."
REVEAL = "Xem số"
REVEALED = "Số CCCD/CMND đầy đủ"
HIDE = "Ẩn số"
PIN_TITLE = "Cấp liên kết đặt lại mã PIN"
PIN_TEXT = (
    "Liên kết dùng một lần trong 24 giờ. Mã PIN cũ dùng được đến khi đặt mã mới; đặt xong thì mọi phiên kết thúc. "
    "Bạn nhận ra đúng người rồi mới cấp."
)
PIN_OFFER = "Cấp liên kết"
PIN_MADE = "Liên kết đã tạo, chỉ hiện lần này. Bạn gửi riêng cho đúng người."
COPY_LINK = "Sao chép liên kết"
PUT_AWAY = "Đã gửi, ẩn liên kết"
BLOCK_TITLE, BLOCK = "Khóa tài khoản", "Khóa tài khoản"
BLOCK_TEXT = "Mọi phiên kết thúc ngay, không đăng nhập và làm bài được. Bài đã nộp vẫn tính."
UNBLOCK_TITLE, UNBLOCK = "Mở khóa tài khoản", "Mở khóa"
DISQUALIFY_TITLE, DISQUALIFY = "Loại khỏi xếp hạng", "Loại khỏi xếp hạng"
DISQUALIFY_TEXT = "Rời mọi bảng xếp hạng ngay, không xét giải. Kết quả chính thức đã chốt giữ đến khi đính chính."
REINSTATE_TITLE, REINSTATE = "Nhận lại vào xếp hạng", "Nhận lại"
REINSTATE_TEXT = "Mọi bài đã nộp được xếp lại vào các bảng."
MOVE_TITLE, MOVE = "Chuyển sang đơn vị khác", "Chuyển đơn vị"
MOVE_TEXT = "Các bảng tính người này cho đơn vị mới ngay. Nếu đang là đại diện của đơn vị cũ thì thôi đại diện."
NEW_UNIT = "Đơn vị mới"
CHOOSE_UNIT = "Chọn đơn vị"
EXTRA_TITLE, EXTRA_GIVE = "Đặt thời gian thêm", "Lưu thời gian thêm"
EXTRA_TEXT = "Áp dụng cho các bài bắt đầu từ lúc này."
MINUTES = "Số phút thêm"
MINUTES_HINT = "Từ 0 đến 120 phút. 0 là không thêm."
OPEN_PAPER = "Áp dụng cả cho bài đang làm"
MERGE_LINK = "Gộp hai tài khoản của một người"

PIN_PAGE_TITLE = "Đặt lại mã PIN"
PIN_PAGE_TEXT = "Bạn chọn mã PIN mới gồm 6 chữ số. Đặt xong, mọi thiết bị đang đăng nhập sẽ thoát ra."
NEW_PIN, NEW_PIN_AGAIN = "Mã PIN mới", "Nhập lại mã PIN"
NEW_PIN_HINT = "Không lấy ngày sinh hay dãy 123456."
SAVE_PIN = "Lưu mã PIN mới"
PIN_SAVED_TITLE = "Đã lưu mã PIN mới"
PIN_SAVED = "Bạn đăng nhập bằng số CCCD/CMND và mã PIN mới."
TO_SIGN_IN = "Đăng nhập"


def states(row: Any) -> tuple[tuple[str, str], ...]:
    """What is out of the ordinary about a person, with tones; one calm word when nothing is.

    Args:
        row: A `data.people_table.PersonRow`.
    """
    if row.anonymised_at is not None:
        return ((ERASED, "plain"),)
    if row.merged:
        return ((MERGED, "plain"),)
    found = (
        *(((BLOCKED, "wrong"),) if row.blocked else ()),
        *(((DISQUALIFIED, "wrong"),) if row.disqualified else ()),
        *(((UNRANKED, "gold"),) if not row.ranked else ()),
    )
    return found or ((ACTIVE, "right"),)


def identity(row: Any) -> str:
    """By what a person is known."""
    if not row.identity_normalised:
        return OLD_CARD
    return VNEID if row.vneid_linked_at is not None else CARD


def born(day: date) -> str:
    """A birth date."""
    return date_text(day)


def registered(at: datetime) -> str:
    """When somebody registered."""
    return clock_and_date(at)


def day(at: datetime) -> str:
    """The day of an instant."""
    return instant_date(at)


def minutes(count: int) -> str:
    """Extra time in words."""
    return f"{count} phút mỗi bài" if count else NO_EXTRA


def pin_state(has_pin: bool, link_until: datetime | None) -> str:
    """Whether there is a PIN, and a link for a new one."""
    said = HAS_PIN if has_pin else NO_PIN
    return f"{said}; liên kết đặt lại dùng được đến {clock_and_date(link_until)}" if link_until else said


def link_until(at: datetime) -> str:
    """Until when a link works."""
    return f"Dùng được đến {clock_and_date(at)}."


_KINDS = {"blocked": "Khóa tài khoản", "disqualified": "Loại khỏi xếp hạng"}
_LIFTED = {"blocked": "Mở khóa", "disqualified": "Nhận lại vào xếp hạng"}


def sanction(one: Any) -> tuple[str, str, str]:
    """A decision in words: what and when, why, and how it ended (empty while it is in force).

    Args:
        one: A `services.person_page.SanctionLine`.
    """
    who = f" · {one.made_by}" if one.made_by else ""
    ended = ""
    if one.lifted_at is not None:
        why = f": {one.lift_reason}" if one.lift_reason else ""
        ended = f"{_LIFTED[one.kind]} {second_and_date(one.lifted_at)} · {one.lifted_by}{why}"
    return f"{_KINDS[one.kind]} {second_and_date(one.made_at)}{who}", one.reason, ended


def moved_line(one: Any) -> tuple[str, str]:
    """A change of unit in words, and why.

    Args:
        one: A `services.person_page.MoveLine`.
    """
    return f"Chuyển từ {one.left} sang {one.joined} {second_and_date(one.moved_at)} · {one.moved_by}", one.reason


def consent(one: Any) -> str:
    """What was agreed to, when, and whether it was taken back.

    Args:
        one: A `services.person_page.ConsentLine`.
    """
    said = f"Bản {one.version} · {second_and_date(one.given_at)}"
    return f"{said} · rút lại {second_and_date(one.withdrawn_at)}" if one.withdrawn_at else said


def blocked(name: str) -> str:
    """Said after somebody was shut out."""
    return f"Đã khóa tài khoản của {name}. Mọi phiên đã kết thúc."


def unblocked(name: str) -> str:
    """Said after somebody was let in again."""
    return f"Đã mở khóa tài khoản của {name}."


def disqualified(name: str) -> str:
    """Said after somebody was taken off the boards."""
    return f"Đã loại {name} khỏi mọi bảng xếp hạng."


def reinstated(name: str) -> str:
    """Said after somebody was put back on the boards."""
    return f"Đã nhận lại {name}; các bài đã nộp được xếp lại."


def moved(name: str, left: str, joined: str) -> str:
    """Said after somebody was moved."""
    return f"Đã chuyển {name} từ {left} sang {joined}."


def extra_given(count: int, deadline_at: datetime | None) -> str:
    """Said after extra time was set."""
    said = f"Đã đặt thời gian thêm: {minutes(count).lower()}."
    if deadline_at is None:
        return said
    return (
        f"{said} Bài đang làm kết thúc lúc {clock_and_date(deadline_at)}; trang của người thi tự cập nhật khi hết giờ."
    )
