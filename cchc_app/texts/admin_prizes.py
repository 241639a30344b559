"""Wording of the organisers' page of prizes and of its files; what a winner did, for everybody's page as well."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.prize_states import ListState
from cchc_app.contest.prizes import SkipReason
from cchc_app.texts.admin_results import board_name
from cchc_app.texts.formats import clock_and_date, exact_time, grouped, points_text

TITLE = "Giải thưởng"
BOARDS_LABEL = "Các danh sách giải"
INTRO = (
    "Danh sách lập từ kết quả chính thức mới nhất và cơ cấu giải trong thể lệ. "
    "Người lập (hoặc người quyết định đồng hạng sau cùng) không tự xác nhận được; xác nhận xong mới công bố."
)
STATES = {
    ListState.PROPOSED: "Chờ xác nhận",
    ListState.CONFIRMED: "Đã xác nhận, chờ công bố",
    ListState.PUBLISHED: "Đã công bố",
}
TONES = {ListState.PROPOSED: "gold", ListState.CONFIRMED: "info", ListState.PUBLISHED: "right"}
STATE_NONE = "Chưa lập"
KINDS = {PrizeKind.INDIVIDUAL: "Cá nhân", PrizeKind.UNIT: "Tập thể", PrizeKind.SLOGAN: "Khẩu hiệu"}
REASONS = {
    SkipReason.UNRANKED: "Không xếp hạng",
    SkipReason.DISQUALIFIED: "Bị loại",
    SkipReason.SAME_PERSON: "Mục thứ hai của cùng một người",
    SkipReason.BELOW_MINIMUM: "Chưa đủ mức tham gia tối thiểu",
    SkipReason.IDENTITY_NOT_NORMALISED: "Chưa chuẩn hóa định danh",
    SkipReason.ALREADY_WON: "Đã nhận giải khác cùng loại",
}
MISSING = {
    "result": "Chưa có kết quả chính thức của bảng này nên chưa xét được. Bạn chốt kết quả trước.",
    "slogans": "Kết quả vòng khẩu hiệu chưa công bố nên chưa xét được giải khẩu hiệu.",
}

STEPS_TITLE = "Việc cần làm"
PROPOSE = "Lập danh sách"
PROPOSE_AGAIN = "Lập lại danh sách"
PROPOSE_NEW = "Lập bản mới"
PROPOSE_TEXT = "Hệ thống điền giải theo thứ hạng và nêu lý do từng người bị bỏ qua. Chưa công bố gì."
PROPOSE_AGAIN_TEXT = "Tính lại từ dữ liệu hiện nay. Quyết định đồng hạng còn đúng thì giữ; xác nhận trước đó bị hủy."
PROPOSE_NEW_TEXT = "Bản đang công bố vẫn hiện cho đến khi bản mới được xác nhận và công bố."
REASON = "Lý do"
REASON_PUBLIC_HINT = "Thay đổi gì và vì sao, một câu; hiện công khai. Không ghi số CCCD hay số điện thoại."
REASON_HINT = "Một câu, lưu trong danh sách và nhật ký. Không ghi số CCCD hay số điện thoại."
CONFIRM = "Xác nhận danh sách"
CONFIRM_TITLE = "Xác nhận"
CONFIRM_TEXT = "Bạn xác nhận danh sách đúng thể lệ. Danh sách chưa công khai."
CONFIRM_OWN = "Bạn là người sửa danh sách sau cùng. Người khác trong Ban Tổ chức sẽ xác nhận."
PUBLISH = "Công bố danh sách"
PUBLISH_TITLE = "Công bố"
PUBLISH_TEXT = "Danh sách hiện trên trang Giải thưởng cho mọi người."
PUBLISH_WITHDRAWAL = "Trang Giải thưởng sẽ báo danh sách này được rút lại, kèm lý do."
WITHDRAW = "Rút danh sách"
WITHDRAW_TITLE = "Rút danh sách đã công bố"
WITHDRAW_TEXT = "Lập một bản rút lại. Bản này cũng cần người thứ hai xác nhận rồi mới công bố."
OPEN_TIES = "Còn chỗ đồng hạng chờ Ban Tổ chức quyết định ở phần Giải bên dưới."
OUTDATED = "Đã có kết quả mới hơn sau khi lập danh sách. Bạn lập lại trước khi xác nhận."
ONLY_READING = "Vai trò của bạn chỉ xem."
SEE_WINNERS = "Xem trang Giải thưởng"
EXPORT = "Xuất xlsx danh sách"
EXPORT_SKIPPED = "Xuất xlsx"
EXPORT_COMMENDATION = "Xuất xlsx đề nghị Bằng khen"

VERSIONS = "Các bản"
VERSIONS_NONE = "Chưa lập danh sách nào cho bảng này."
WITHDRAWAL = "Rút lại danh sách"

WINNERS_LABEL = "Người được giải"
NOBODY = "Chưa có"
DECIDED = "Ban Tổ chức quyết định"
TIE_TITLE = "Đồng hạng"
DECIDE = "Ghi quyết định"
VIEWS_LABEL = "Hai phần của danh sách"
PRIZES_VIEW = "Giải"
SKIPPED = "Bị bỏ qua"
SKIPPED_TEXT = "Người, đơn vị hoặc khẩu hiệu đứng trước người được giải nhưng không đủ điều kiện nhận giải đó."
SKIPPED_NONE = "Không ai bị bỏ qua trong danh sách này."
SKIPPED_CAPTION = "Mục bị bỏ qua và lý do"
SKIPPED_THINGS = "mục"
SEARCH = "Tìm tên hoặc đơn vị"
FILTER_KIND, ALL_KINDS = "Loại giải", "Mọi loại"
FILTER_REASON, ALL_REASONS = "Lý do", "Mọi lý do"
NOTHING_FOUND = "Không có dòng nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
COLUMN_PRIZE = "Giải"
COLUMN_WHO = "Họ tên hoặc đơn vị"
COLUMN_PLACE = "Hạng"
COLUMN_REASON = "Lý do"

FILE_NAME = "giai-thuong.xlsx"
COMMENDATION_NAME = "de-nghi-bang-khen.xlsx"
WINNERS_SHEET = "Được giải"
SKIPPED_SHEET = "Bị bỏ qua"
COLLECTIVE_SHEET = "Tập thể"
INDIVIDUAL_SHEET = "Cá nhân"
WINNER_COLUMNS = (
    ("TT", 6),
    ("Giải", 36),
    ("Loại", 12),
    ("Họ và tên hoặc đơn vị", 36),
    ("Số CCCD/CMND (che)", 20),
    ("Đơn vị", 36),
    ("Khối", 24),
    ("Hạng", 8),
    ("Thành tích", 44),
    ("Quyết định đồng hạng", 36),
)
SKIPPED_COLUMNS = (
    ("Giải", 36),
    ("Loại", 12),
    ("Họ và tên hoặc đơn vị", 36),
    ("Số CCCD/CMND (che)", 20),
    ("Đơn vị", 36),
    ("Hạng", 8),
    ("Lý do", 34),
)
COLLECTIVE_COLUMNS = (
    ("TT", 6),
    ("Đơn vị", 44),
    ("Khối", 26),
    ("Giải", 40),
    ("Quân số", 10),
    ("Số người dự thi", 16),
    ("Kết quả", 10),
)
INDIVIDUAL_COLUMNS = (
    ("TT", 6),
    ("Họ và tên", 30),
    ("Số CCCD/CMND (che)", 20),
    ("Đơn vị", 40),
    ("Giải", 36),
    ("Thành tích", 44),
)


def board_tab(board: int, state: ListState | None) -> str:
    """A board and how far its list has come."""
    return f"{board_name(board)} · {(STATES[state] if state else STATE_NONE).lower()}"


def facts(kind: PrizeKind, figures: Mapping[str, Any]) -> str:
    """What an entry is ranked by, in words."""
    match kind:
        case PrizeKind.INDIVIDUAL:
            right = f"Đúng {figures['correct']}/{figures['total']} câu"
            return f"{right}, {exact_time(figures['time_used_ms'])}"
        case PrizeKind.UNIT:
            result = "–" if figures["result"] is None else points_text(Fraction(figures["result"], 100))
            headcount = "–" if figures["headcount"] is None else grouped(figures["headcount"])
            return f"Kết quả {result}, {grouped(figures['participants'])}/{headcount} người dự thi"
        case PrizeKind.SLOGAN:
            return str(figures["text"])


def prize(title: str, count: int) -> str:
    """A prize and how many there are."""
    return f"{title} ({grouped(count)} giải)"


def place(number: int) -> str:
    """A place on the board; none for who has none."""
    return f"hạng {grouped(number)}" if number else "không có hạng"


def tie(places: int, count: int) -> str:
    """What the committee has to decide."""
    return f"{grouped(count)} mục bằng nhau ở mọi bước xếp hạng, còn {grouped(places)} giải. Bạn chọn và ghi lý do."


def waiting(places: int, title: str) -> str:
    """Places that wait for another decision."""
    return f"{grouped(places)} giải chờ quyết định ở {title}." if places else ""


def shortfall(places: int) -> str:
    """Places for which there is nobody."""
    return f"{grouped(places)} giải không có ai đủ điều kiện." if places else ""


def decided(reason: str) -> str:
    """Why the committee chose as it did."""
    return f"{DECIDED}: {reason}" if reason else ""


def counted(view: str, count: int) -> str:
    """A part of a list with the number of its lines, for the tabs."""
    return f"{view} ({grouped(count)})"


def version_title(version: int, withdrawn: bool) -> str:
    """One version of a list."""
    return f"Bản {version}{f' · {WITHDRAWAL}' if withdrawn else ''}"


def step(deed: str, by: str | None, at: datetime | None) -> str:
    """Who did a step and when; empty while nobody has."""
    return f"{deed} {by}, {clock_and_date(at)}" if by and at else ""


PROPOSED_BY, CONFIRMED_BY, PUBLISHED_BY = "Lập:", "Xác nhận:", "Công bố:"


def proposed(board: int, version: int) -> str:
    """Said after a list was made."""
    return f"Đã lập danh sách {board_name(board)}, bản {version}. Người thứ hai xem và xác nhận."


CHOSEN = "Đã ghi quyết định."
CONFIRMED = "Đã xác nhận danh sách. Bước tiếp theo là công bố."


def published(board: int, version: int) -> str:
    """Said after publication."""
    return f"Đã công bố danh sách {board_name(board)}, bản {version}."


def file_note(board: int, version: int, state: ListState, now: datetime) -> str:
    """The first line of the files."""
    return f"{TITLE}: {board_name(board)}, bản {version}, {STATES[state].lower()}. Xuất lúc {clock_and_date(now)}."
