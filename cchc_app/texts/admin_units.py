"""Wording of the organisers' pages of units and of the files they take in."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cchc_app.contest.errors import ErrorCode
from cchc_app.texts.errors import SENTENCES
from cchc_app.texts.formats import clock_and_date, date_text, grouped
from cchc_app.texts.register import BLOCS
from cchc_app.texts.roster import FLAWS
from cchc_app.texts.roster import HEADINGS as ROSTER_HEADINGS

TITLE = "Đơn vị"
SEARCH = "Tìm đơn vị theo tên, tên khác hoặc mã"
FILTER_BLOC, FILTER_STATE = "Khối", "Tham gia"
ALL_BLOCS, ALL_STATES = "Mọi khối", "Mọi mức"
STATE_CHOICES = {
    "chua-co-ai": "Chưa có ai đăng ký",
    "chua-thi": "Có đăng ký, chưa ai thi",
    "da-thi": "Đã có người thi",
    "chua-co-so-nguoi": "Chưa có số người",
}
CAPTION = "Đơn vị theo tìm kiếm và bộ lọc"
COLUMN_UNIT, COLUMN_HEADCOUNT, COLUMN_REGISTERED = "Đơn vị", "Số người", "Đăng ký"
COLUMN_WEEK, COLUMN_OVERALL, COLUMN_RATE = "Thi tuần này", "Đã thi", "Tỷ lệ"
NOTHING_FOUND = "Không có đơn vị nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
EXPORT = "Xuất xlsx"
SYNTHETIC = "ước lượng"
NO_HEADCOUNT = "Chưa có"
FILE_SHEET = "Đơn vị"
FILE_NAME = "don-vi.xlsx"
FILE_COLUMNS = (
    ("Mã", 12),
    ("Tên đơn vị", 40),
    ("Khối", 24),
    ("Số người", 10),
    ("Từ ngày", 14),
    ("Nguồn", 24),
    ("Đăng ký", 10),
    ("Thi tuần này", 12),
    ("Đã thi", 10),
    ("Tỷ lệ (%)", 10),
)

CLOSE = "Đóng"
ONLY_READING = "Vai trò của bạn chỉ xem. Ban Tổ chức sửa đơn vị."
EDIT_TITLE, SAVE = "Sửa đơn vị", "Lưu đơn vị"
ADD_TITLE, ADD = "Thêm một đơn vị", "Thêm đơn vị"
CODE, CODE_HINT = "Mã đơn vị", "Chữ không dấu, chữ số, dấu chấm, gạch nối. Không đổi được về sau."
NAME, BLOC, ALIASES = "Tên đơn vị", "Khối", "Tên gọi khác"
ALIASES_HINT = "Chỉ để tìm, không hiện ra. Ví dụ tên cũ, tên viết tắt; không cần dấu."
CHOOSE_BLOC = "Chọn khối"
NOW_STORED = "Giá trị đang lưu"
HEADCOUNTS = "Số người theo thời gian"
HEADCOUNT_TITLE, HEADCOUNT_SAVE = "Đặt số người", "Lưu số người"
HEADCOUNT, FROM_DAY, SOURCE = "Số người", "Từ ngày", "Nguồn"
FROM_HINT = "Ngày/tháng/năm. Tỷ lệ của một tuần dùng số có hiệu lực khi tuần kết thúc."
SOURCE_HINT = "Ví dụ: công văn của đơn vị, số và ngày."
SOURCE_DEFAULT = "Ban Tổ chức nhập"
ROSTER_TITLE = "Danh sách người của đơn vị"
ROSTER_TEXT = (
    "Tệp .xlsx hoặc .csv có các cột Số CCCD, Họ và tên, Ngày sinh và nếu có Số CMND cũ. "
    "Danh sách mới thay danh sách cũ; có lỗi thì không ghi gì. Có danh sách thì chỉ người trong đó đăng ký được."
)
ROSTER_FILE = "Tệp danh sách"
ROSTER_TRIAL = "Chỉ kiểm tra, chưa ghi"
ROSTER_ZEROS = "Thêm lại số 0 ở đầu mà bảng tính đã làm mất"
ROSTER_SEND = "Nhập danh sách"

IMPORT_TITLE = "Nhập từ tệp"
IMPORT_TEXT = (
    "Tệp .xlsx hoặc .csv. Bạn xem trước mọi thay đổi và mọi dòng lỗi; chỉ khi bạn xác nhận mới ghi, tất cả hoặc không."
)
KIND = "Nội dung tệp"
KINDS = {"units": "Đơn vị", "headcounts": "Số người", "roster": "Danh sách người"}
UPLOADED_KINDS = ("units", "headcounts")
FILE = "Tệp"
SEND = "Đọc và xem trước"
TOO_LARGE = "Tệp lớn hơn 5 MB. Bạn chia thành nhiều tệp nhỏ hơn rồi tải lên."
TEMPLATES = {"units": "Tệp mẫu đơn vị", "headcounts": "Tệp mẫu số người"}
TEMPLATE_FILES = {"units": "mau-don-vi.xlsx", "headcounts": "mau-so-nguoi.xlsx"}
JOBS = "Các lần nhập gần đây"
NO_JOBS = "Chưa có lần nhập nào."
COLUMN_KIND, COLUMN_FILE, COLUMN_STATE, COLUMN_BY = "Nội dung", "Tệp", "Tình trạng", "Ai, lúc nào"
JOB_STATES = {"ready": "Chờ xác nhận", "done": "Đã ghi", "refused": "Có lỗi, chưa ghi gì", "dropped": "Đã bỏ"}
JOB_TONES = {"ready": "gold", "done": "right", "refused": "wrong", "dropped": "plain"}
TRIED = "Đã kiểm tra, chưa ghi"
OPEN = "Mở"

JOB_TITLE = "Nhập tệp"
BACK = "Về danh sách đơn vị"
CONFIRM, DROP = "Ghi tất cả", "Bỏ lần nhập này"
CONFIRM_TEXT = "Các thay đổi dưới đây chưa được ghi."
PROBLEMS = "Các dòng cần sửa"
PROBLEMS_TEXT = "Chưa ghi gì. Bạn sửa tệp rồi tải lên lại."
PROBLEMS_CAPTION = "Dòng, cột và lỗi"
COLUMN_ROW, COLUMN_COLUMN, COLUMN_PROBLEM = "Dòng", "Cột", "Lỗi và cách sửa"
CHANGES = "Các thay đổi"
CHANGES_CAPTION = "Thay đổi của từng dòng"
COLUMN_CHANGE, COLUMN_BEFORE, COLUMN_AFTER = "Việc", "Đang lưu", "Trong tệp"
NO_CHANGES = "Tệp giống hệt dữ liệu đang lưu."
ADDED, CHANGED = "Thêm", "Đổi"
WHOLE_FILE = "Cả tệp"
MORE_LEFT = "Và còn các dòng khác, không liệt kê ở đây."
DROPPED = "Đã bỏ lần nhập này. Không có gì được ghi."

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# The first of each is the one that is asked for; compared without case and accents.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã", "Mã đơn vị"),
    "name": ("Tên đơn vị", "Tên", "Đơn vị"),
    "bloc": ("Khối", "Khối thi đua"),
    "aliases": ("Tên gọi khác", "Tên khác", "Tên cũ"),
    "headcount": ("Số người", "Số cán bộ", "Biên chế"),
    "from": ("Từ ngày", "Có hiệu lực từ", "Ngày hiệu lực"),
    "source": ("Nguồn",),
}
ROSTER_COLUMNS = tuple(names[0] for names in ROSTER_HEADINGS.values())
TEMPLATE_HELP_SHEET = "Hướng dẫn"
TEMPLATE_HELP = {
    "units": (
        "Mỗi dòng một đơn vị. Mã đã có thì sửa đơn vị đó, mã mới thì thêm đơn vị. Không dòng nào bị xóa.",
        "Cột Khối nhận: Xã, phường, đặc khu; Sở, ban, ngành; Đơn vị sự nghiệp; Đơn vị khác.",
        "Cột Số người để trống được. Có số thì tính từ cột Từ ngày; Từ ngày trống thì tính từ hôm nay.",
        "Cột Mã để ở dạng văn bản để bảng tính không làm mất số 0 ở đầu.",
    ),
    "headcounts": (
        "Mỗi dòng số người của một đơn vị, tính từ cột Từ ngày.",
        "Một đơn vị có thể có nhiều dòng với ngày khác nhau.",
        "Cột Nguồn để trống được.",
    ),
}
TEMPLATE_EXAMPLES = {
    "units": (
        ("DV001", "Phường Hoa Phượng", "Xã, phường, đặc khu", "UBND phường cũ", "120", "03/11/2025"),
        ("DV002", "Sở Thí dụ", "Sở, ban, ngành", "", "", ""),
    ),
    "headcounts": (("DV001", "125", "01/12/2025", "Công văn 15/UBND"), ("DV002", "64", "03/11/2025", "")),
}


def source(raw: str) -> str:
    """Where a headcount comes from; what the preset brings says that it is no real figure."""
    return SYNTHETIC if raw == "synthetic" else raw


def since(day: date, always: date) -> str:
    """From which day a headcount holds."""
    return "từ đầu" if day <= always else f"từ {date_text(day)}"


def headcount(number: int) -> str:
    """A number of people."""
    return grouped(number)


def rate(permille: int | None) -> str:
    """A rate in tenths of a per cent: `42,5 %`."""
    return "" if permille is None else f"{permille // 10},{permille % 10} %"


def headcount_line(number: int, day: date, always: date, raw_source: str, by: str, at: datetime) -> str:
    """One headcount of a unit's history."""
    return f"{grouped(number)} người {since(day, always)} · {source(raw_source)} · {by}, {clock_and_date(at)}"


def roster_said(lines: int) -> str:
    """How long a unit's list is."""
    return f"Đang có {grouped(lines)} người trong danh sách." if lines else "Chưa có danh sách; ai cũng đăng ký được."


def saved(name: str) -> str:
    """Said after a unit was changed."""
    return f"Đã lưu {name}."


def added(name: str) -> str:
    """Said after a unit was added."""
    return f"Đã thêm {name}."


def headcount_saved(name: str, number: int, day: date) -> str:
    """Said after a headcount was set."""
    return f"Đã đặt {grouped(number)} người cho {name} từ {date_text(day)}."


def job_by(by: str, at: datetime) -> str:
    """Who sent a file, when."""
    return f"{by} · {clock_and_date(at)}"


def job_summary(kind: str, counts: Mapping[str, int]) -> str:
    """What a file would do, or did."""
    if kind == "roster":
        return f"{grouped(counts.get('people', 0))} người, thay danh sách {grouped(counts.get('before', 0))} người."
    said = (
        f"{grouped(counts.get('added', 0))} dòng thêm, {grouped(counts.get('changed', 0))} dòng đổi, "
        f"{grouped(counts.get('same', 0))} dòng giữ nguyên"
    )
    wrong = counts.get("wrong", 0)
    return f"{said}, {grouped(wrong)} lỗi." if wrong else f"{said}."


def problem(code: str, value: str) -> str:
    """What is wrong with a row and what to do: the sentence of a refusal, or of a roster's flaw."""
    if code in FLAWS:
        said = FLAWS[code].format(value=value)
        return f"{said[0].upper()}{said[1:]}."
    sentence = SENTENCES[ErrorCode(code)].format_map({"suggestion": value} if value else _Blank())
    return f"{sentence} ({value})" if value and "{" not in SENTENCES[ErrorCode(code)] else sentence


class _Blank(dict):
    """Stands for details that a row does not have."""

    def __missing__(self, key: str) -> Any:
        return ""


def values(parts: Iterable[str]) -> str:
    """Values of a row side by side; empty ones are left out."""
    return " · ".join(_value(part) for part in parts if part)


def _value(part: str) -> str:
    """A bloc by its name, a day as people write it, anything else as it is."""
    return date_text(date.fromisoformat(part)) if _DAY.fullmatch(part) else BLOCS.get(part, part)


def roster_trial(counts: Mapping[str, int]) -> str:
    """What a list would do that was only tried."""
    return f"Tệp không có lỗi: {job_summary('roster', counts)} Chưa ghi gì."


def confirmed(kind: str, counts: Mapping[str, int]) -> str:
    """Said after an import was written."""
    return f"Đã ghi. {job_summary(kind, counts)}"


def percent(permille: int | None) -> str:
    """A rate for a file: `42,5`."""
    return "" if permille is None else f"{permille // 10},{permille % 10}"


def day_text(day: date | None) -> str:
    """A day, empty for none."""
    return date_text(day) if day else ""
