"""Wording of the organisers' pages of the slogan round."""

from collections.abc import Sequence
from datetime import datetime

from cchc_app.texts.formats import clock_and_date, end_with_year, grouped

LIST = "Khẩu hiệu"
CODES = "Mã đơn vị"
SECTIONS_LABEL = "Các mục của vòng khẩu hiệu"
TAB_LIST = "Danh sách"
TAB_ALIKE = "Giống nhau"
TAB_REMIND = "Nhắc đơn vị"
TAB_PUBLISH = "Công bố"

STATES = {
    "none": "Chưa có",
    "draft": "Đang soạn",
    "submitted": "Đã gửi",
    "withdrawn": "Đã rút",
    "disqualified": "Bị loại",
}
# Tones of the pills.
TONES = {"none": "plain", "draft": "gold", "submitted": "right", "withdrawn": "plain", "disqualified": "wrong"}

SEARCH = "Tìm đơn vị, khẩu hiệu, người đại diện"
SEARCH_BUTTON = "Tìm"
CLEAR = "Xóa tìm và lọc"
FILTER_STATE = "Tình trạng"
FILTER_BLOC = "Khối"
ALL_STATES = "Mọi tình trạng"
ALL_BLOCS = "Mọi khối"
EXPORT = "Xuất xlsx"
CAPTION = "Khẩu hiệu của các đơn vị"
COLUMN_ORDER = "Khối"
COLUMN_UNIT = "Đơn vị"
COLUMN_STATE = "Tình trạng"
COLUMN_TEXT = "Khẩu hiệu"
COLUMN_WORDS = "Tiếng"
COLUMN_VERSIONS = "Bản"
COLUMN_CHANGED = "Thay đổi"
COLUMN_WHO = "Đại diện"
COLUMN_ACTION = "Việc"
SORTED_UP = "đang xếp tăng dần"
SORTED_DOWN = "đang xếp giảm dần"
OFFICIAL_ORDER = "Xếp theo thứ tự chính thức"
NOTHING_FOUND = "Không có đơn vị nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
NOBODY = "Chưa có"
OPEN = "Xem"
PREVIOUS = "Trang trước"
NEXT = "Trang sau"
PAGES_LABEL = "Các trang của danh sách"

PANEL_CLOSE = "Đóng"
VERSIONS_TITLE = "Các bản đã gửi"
VERSIONS_NONE = "Đơn vị chưa gửi bản nào."
VERSION_SUBMITTED = "Gửi"
VERSION_WITHDRAWN = "Rút"
EXPLANATION = "Thuyết minh"
AUTHOR = "Tác giả"
AUTHOR_PRIVATE = "không công khai tên"
RECEIPT = "Biên nhận"
WRITER = "Người gửi"
REASON = "Lý do"
REASON_HINT = "Một câu, lưu trong nhật ký. Không ghi số CCCD hay số điện thoại."
DISQUALIFY_TITLE = "Loại khỏi vòng thi"
DISQUALIFY_TEXT = "Khẩu hiệu không được chấm và không vào trang kết quả. Nội dung và các bản vẫn lưu; có thể nhận lại."
DISQUALIFY = "Loại khẩu hiệu"
REINSTATE_TITLE = "Nhận lại vào vòng thi"
REINSTATE = "Nhận lại khẩu hiệu"
EXCEPTION_TITLE = "Gia hạn riêng cho đơn vị"
EXCEPTION_UNTIL = "Nhận đến"
EXCEPTION_HINT = "Giờ Việt Nam. Hạn này thay hạn chung cho riêng đơn vị này."
EXCEPTION = "Gia hạn"
EXCEPTIONS_TITLE = "Các lần gia hạn"
ONLY_READING = "Vai trò của bạn chỉ xem."

ALIKE_INTRO = (
    "So các khẩu hiệu đã gửi, không kể chữ hoa, dấu câu và cách đặt dấu thanh (hòa, hoà). "
    "Chỉ để Ban Tổ chức xem xét; hệ thống không tự loại khẩu hiệu nào."
)
LIKENESS = {
    "same_words": "Trùng từng chữ",
    "same_but_accents": "Trùng, chỉ khác dấu",
    "near": "Gần giống",
}
ALIKE_NONE_TITLE = "Không có khẩu hiệu nào giống nhau"
ALIKE_NONE = "Khi hai đơn vị gửi khẩu hiệu trùng hoặc gần giống nhau, chúng hiện cạnh nhau ở đây."

REMIND_INTRO = "Bản nháp và khẩu hiệu đã rút được tính là chưa gửi."
REMIND_COPY = "Sao chép danh sách"
REMIND_COPY_BLOC = "Sao chép khối này"
REMIND_DONE_TITLE = "Mọi đơn vị đã gửi khẩu hiệu"
REMIND_DONE = "Không còn đơn vị nào cần nhắc."

PUBLISH_INTRO = "Kết quả công bố được đóng băng. Muốn sửa phải công bố một bản đính chính, có lý do công khai."
PUBLISH_WAITS_TITLE = "Chưa có kết quả chấm"
PUBLISH_WAITS = "Khi vòng chấm mở, điểm và thứ hạng hiện ở đây. Bạn mở vòng chấm ở trang Vòng chấm."
PUBLISH_AWARDS = "Giải theo cơ cấu"
PUBLISH_NO_PRIZES = "Hội thi chưa có cơ cấu giải khẩu hiệu; công bố chỉ có thứ hạng."
PUBLISH_AWARDS_CAPTION = "Giải và khẩu hiệu được giải"
PUBLISH_RESULTS = "Kết quả chấm"
PUBLISH_RESULTS_CAPTION = "Mọi khẩu hiệu đã chấm, theo thứ hạng"
COLUMN_PRIZE = "Giải"
COLUMN_RANK = "Hạng"
COLUMN_CODE = "Mã số"
COLUMN_SCORE = "Điểm"
COLUMN_SPREAD = "Chênh"
COLUMN_JUDGES = "Điểm giám khảo"
UNDECIDED = "Đồng hạng, Ban Tổ chức quyết định"
TALK = "Cần trao đổi"
NOTE = "Ghi chú công bố"
NOTE_HINT = "Lần đầu không bắt buộc. Đính chính thì phải ghi thay đổi gì và vì sao; ghi chú hiện công khai."
PUBLISH = "Công bố kết quả"
PUBLISH_TITLE = "Công bố"
HISTORY = "Các lần công bố"
HISTORY_NONE = "Chưa công bố lần nào."
SEE_GALLERY = "Xem trang kết quả"
EXPORT_RESULTS = "Xuất xlsx kết quả"
EXPORT_MINUTES = "Tải biên bản chấm"


def totals(found: int, count: int) -> str:
    """How many units the question finds."""
    return f"{grouped(count)} đơn vị" if found == count else f"{grouped(found)} trong {grouped(count)} đơn vị"


def page_of(page: int, pages: int) -> str:
    """Which page is shown."""
    return f"Trang {page}/{pages}"


def counted(state: str, count: int) -> str:
    """A state with its number, for the filter."""
    return f"{STATES[state]} ({grouped(count)})"


def deadline(closes_at: datetime) -> str:
    """Until when slogans are accepted."""
    return f"Hạn chung: {end_with_year(closes_at)}"


def extended(closes_at: datetime) -> str:
    """A unit's own deadline."""
    return f"Gia hạn đến {clock_and_date(closes_at)}"


def exception_line(closes_at: datetime, reason: str, granted_by: str, granted_at: datetime) -> str:
    """One late exception in words."""
    return f"Đến {clock_and_date(closes_at)}: {reason} ({granted_by}, {clock_and_date(granted_at)})"


def version_title(number: int, submitted: bool, at: datetime) -> str:
    """One version's heading."""
    return f"Bản {number} · {VERSION_SUBMITTED if submitted else VERSION_WITHDRAWN} lúc {clock_and_date(at)}"


def disqualified(name: str) -> str:
    """Said after a slogan was taken out."""
    return f"Đã loại khẩu hiệu của {name}."


def reinstated(name: str) -> str:
    """Said after a slogan was taken back in."""
    return f"Đã nhận lại khẩu hiệu của {name}."


def granted(name: str, until: datetime) -> str:
    """Said after an exception."""
    return f"Đã gia hạn cho {name} đến {clock_and_date(until)}."


def likeness(kind: str, score: int) -> str:
    """How alike slogans are."""
    return f"{LIKENESS[kind]} · {score}%"


def missing_of_bloc(missing: int, size: int) -> str:
    """How many units of a bloc have handed in nothing."""
    return f"{grouped(missing)} trong {grouped(size)} đơn vị chưa gửi"


def reminder_text(blocs: Sequence[tuple[str, Sequence[str]]], closes_at: datetime) -> str:
    """The list as it is pasted into a message.

    Args:
        blocs: Names of blocs with names of their units; empty ones are left out.
        closes_at: The common deadline.
    """
    lines = [f"Các đơn vị chưa gửi khẩu hiệu (nhận đến {end_with_year(closes_at)}):"]
    for bloc, units in blocs:
        if units:
            lines += ["", f"{bloc}:", *(f"{number}. {name}" for number, name in enumerate(units, 1))]
    return "\n".join(lines)


def published(version: int) -> str:
    """Said after publishing."""
    return f"Đã công bố bản {version}. Trang kết quả đã mở cho mọi người."


def publication_line(version: int, by: str, at: datetime) -> str:
    """One past publication."""
    return f"Bản {version}, {clock_and_date(at)}, {by}"


def prizes_in_question(prizes: Sequence[str]) -> str:
    """What tied slogans may get."""
    return " / ".join(prize or "không giải" for prize in prizes)
