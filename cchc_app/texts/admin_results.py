"""Wording of the organisers' page of official results, and of its file."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import UnrankedReason
from cchc_app.contest.official import Difference, DifferenceKind
from cchc_app.texts.formats import clock_and_date, end_with_year, grouped, minutes_and_seconds, points_text

TITLE = "Kết quả chính thức"
BOARDS_LABEL = "Các bảng kết quả"
OVERALL_NAME = "Chung cuộc"
INTRO = (
    "Kết quả chính thức được tính lại từ từng câu trả lời gốc và đáp án đã đóng băng trong đề, không dùng điểm đã lưu. "
    "Chốt rồi thì không sửa; muốn sửa phải lập bản đính chính có lý do, các bản cũ vẫn xem được."
)
STATE_NONE = "Chưa chốt"

CLOSE_TITLE = "Chốt kết quả"
CORRECT_TITLE = "Đính chính kết quả"
CHECK = "Tính từ bài làm gốc"
CHECK_AGAIN = "Tính lại"
CHECKING = "Đang tính lại từng bài"
CHECKING_LEAVE = "Bạn có thể rời trang; quay lại sẽ thấy tiến độ."
CHECKED_TITLE = "Kết quả vừa tính"
NOTHING_CHECKED = "Tính trước để xem số người, các chỗ lệch và mã kiểm chứng. Việc này chưa chốt gì."
DIGEST = "Mã kiểm chứng"
SAME = "Kết quả tính lại giống hệt bản đang có. Không cần đính chính."
NO_DIFFERENCES = "Điểm và thời gian đã lưu khớp với câu trả lời gốc ở mọi bài."
LIVE_SAME = "Bảng trực tiếp khớp hoàn toàn."
DIFFERENCES_CAPTION = "Chỗ lưu khác câu trả lời gốc"
COLUMN_KIND = "Mục"
COLUMN_SUBJECT = "Bài hoặc tuần"
COLUMN_STORED = "Đang lưu"
COLUMN_COMPUTED = "Tính lại"
ACKNOWLEDGE = "Tôi đã xem các chỗ lệch; kết quả chính thức lấy số tính lại"
REASON = "Lý do đính chính"
REASON_HINT = "Thay đổi gì và vì sao, một câu. Không ghi số CCCD hay số điện thoại."
CLOSE = "Chốt kết quả"
CORRECT = "Chốt bản đính chính"
ONLY_READING = "Vai trò của bạn chỉ xem."

VERSIONS = "Các bản đã chốt"
VERSIONS_NONE = "Bảng này chưa có kết quả chính thức. Khi chốt, bản đầu tiên hiện ở đây."
SEE_VERSION = "Xem bản này"
SHOWN_VERSION = "Đang xem"
FIRST_VERSION = "Bản đầu"

VIEWS_LABEL = "Các bảng của bản đang xem"
PLACES_VIEW, UNITS_VIEW = "Cá nhân", "Đơn vị"
PLACES = "Thứ hạng cá nhân"
PLACES_CAPTION = "Thứ hạng cá nhân của bản đang xem"
SEARCH = "Tìm tên hoặc đơn vị"
PLACE_THINGS = "người"
FILTER_BLOC = "Khối"
ALL_BLOCS = "Mọi khối"
NOTHING_FOUND = "Không có dòng nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
EXPORT = "Xuất xlsx"
COLUMN_PLACE = "Hạng"
COLUMN_NAME = "Họ và tên"
COLUMN_UNIT = "Đơn vị"
COLUMN_POINTS = "Điểm"
COLUMN_RIGHT = "Đúng"
COLUMN_TIME = "Thời gian"
COLUMN_FINISHED = "Nộp lúc"

UNITS = "Thứ hạng đơn vị"
UNITS_CAPTION = "Thứ hạng đơn vị của bản đang xem"
SEARCH_UNITS = "Tìm tên đơn vị"
UNIT_THINGS = "đơn vị"
COLUMN_BLOC_RANK = "Trong khối"
COLUMN_HEADCOUNT = "Quân số"
COLUMN_PARTICIPANTS = "Dự thi"
COLUMN_RATE = "Tỷ lệ"
COLUMN_SCORE = "Điểm TB"
COLUMN_RESULT = "Kết quả"
UNRANKED = {
    UnrankedReason.HEADCOUNT_UNKNOWN: "Chưa có quân số",
    UnrankedReason.TOO_FEW_PARTICIPANTS: "Chưa đủ số người dự thi",
    UnrankedReason.RATE_TOO_LOW: "Tỷ lệ dự thi dưới mức quy định",
}
HEADCOUNT_TOO_SMALL = "Quân số nhỏ hơn số người dự thi"

KINDS = {
    DifferenceKind.CORRECT: "Số câu đúng",
    DifferenceKind.POINTS: "Điểm",
    DifferenceKind.TIME_USED: "Thời gian (mili giây)",
    DifferenceKind.PREDICTION: "Số liệu câu dự đoán",
}

FILE_NAME = "ket-qua-chinh-thuc.xlsx"
PLACES_SHEET = "Cá nhân"
UNITS_SHEET = "Đơn vị"
PLACE_COLUMNS = (
    ("Hạng", 8),
    ("Họ và tên", 28),
    ("Số CCCD/CMND (che)", 20),
    ("Đơn vị", 40),
    ("Khối", 24),
    ("Điểm", 8),
    ("Số câu đúng", 12),
    ("Số câu", 8),
    ("Thời gian (giây)", 16),
    ("Nộp lúc", 20),
)
UNIT_COLUMNS = (
    ("Hạng", 8),
    ("Hạng trong khối", 16),
    ("Đơn vị", 40),
    ("Khối", 24),
    ("Quân số", 10),
    ("Số người dự thi", 16),
    ("Số bài", 8),
    ("Tỷ lệ tham gia (%)", 18),
    ("Điểm trung bình (%)", 18),
    ("Kết quả", 10),
    ("Không xếp hạng vì", 32),
)


def board_name(board: int) -> str:
    """A board as people call it."""
    return OVERALL_NAME if board == OVERALL else f"Tuần {board}"


def board_tab(board: int, version: int) -> str:
    """A board and whether it is closed."""
    return f"{board_name(board)} · {f'bản {version}' if version else STATE_NONE.lower()}"


def checked(version: int, people: int, ranked: int, count: int) -> str:
    """What closing would freeze."""
    return f"Bản {version}: {grouped(people)} người có hạng; {units(ranked, count)}."


def units(ranked: int, count: int) -> str:
    """How many units have a rank."""
    return f"{grouped(ranked)} trong {grouped(count)} đơn vị có hạng"


def differences(count: int, listed: int) -> str:
    """How many stored figures are not what the answers give."""
    more = "" if count == listed else f" Dưới đây là {grouped(listed)} chỗ đầu."
    return f"{grouped(count)} chỗ lưu khác câu trả lời gốc.{more} Kết quả chính thức lấy số tính lại."


def live(count: int) -> str:
    """How far the live board is from the result."""
    return LIVE_SAME if not count else f"Bảng trực tiếp khác {grouped(count)} dòng so với kết quả vừa tính."


def difference(one: Difference) -> tuple[str, str, str, str]:
    """A difference in words: which figure, of what, as stored, as computed."""
    subject = f"Tuần {one.subject}" if one.kind is DifferenceKind.PREDICTION else one.subject
    return KINDS[one.kind], subject, "–" if one.stored is None else grouped(one.stored), grouped(one.computed)


def ends(closes_at: datetime) -> str:
    """When a board is over."""
    return f"Kết thúc {end_with_year(closes_at)}."


def version_line(version: int, people: int, by: str, at: datetime) -> str:
    """One version."""
    return f"Bản {version} · {grouped(people)} người · {by}, {clock_and_date(at)}"


def closed(board: int, version: int) -> str:
    """Said after closing."""
    return f"Đã chốt {board_name(board)}, bản {version}."


def counted(view: str, count: int) -> str:
    """A table with the number of its lines, for the tabs."""
    return f"{view} ({grouped(count)})"


def right(correct: int, total: int) -> str:
    """Right answers of all."""
    return f"{correct}/{total}"


def time_used(milliseconds: int) -> str:
    """Time used, to the millisecond that decides."""
    return f"{minutes_and_seconds(milliseconds)},{milliseconds % 1000:03d}"


def percent(value: Fraction | None) -> str:
    """A figure of the units' board."""
    return "–" if value is None else points_text(value)


def progress(percent_done: int) -> str:
    """How far a computation is."""
    return f"{CHECKING}: {percent_done}%"


def file_note(board: int, version: int, digest: str, now: datetime) -> str:
    """The first line of the file."""
    parts: Sequence[str] = (
        f"{TITLE}: {board_name(board)}, bản {version}." if version else f"{board_name(board)}: chưa chốt.",
        f"{DIGEST} {digest}." if digest else "",
        f"Xuất lúc {clock_and_date(now)}.",
    )
    return " ".join(part for part in parts if part)
