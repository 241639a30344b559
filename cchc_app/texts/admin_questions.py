"""Wording of the question bank's pages for the staff."""

from collections.abc import Sequence
from datetime import date, datetime

from cchc_app.texts.formats import clock_and_date, date_text, grouped

QUESTIONS = "Câu hỏi"
NEW = "Câu hỏi mới"
TABS_LABEL = "Các trang của ngân hàng câu hỏi"
TAB_BANK = "Ngân hàng"
TAB_IMPORTS = "Nhập từ tệp"
TAB_NEW = "Viết câu mới"

SEARCH = "Tìm theo mã, lời câu hỏi, phương án, căn cứ"
FILTER_POOL, ALL_POOLS = "Nhóm", "Mọi nhóm"
FILTER_TOPIC, ALL_TOPICS = "Chủ đề", "Mọi chủ đề"
FILTER_DIFFICULTY, ALL_DIFFICULTIES = "Độ khó", "Mọi độ khó"
FILTER_STATE, ALL_STATES = "Tình trạng", "Mọi tình trạng"
FILTER_VALIDITY, ALL_VALIDITIES = "Hiệu lực", "Mọi thời hạn"
CAPTION = "Câu hỏi trong ngân hàng"
NOTHING_FOUND = "Không có câu hỏi nào khớp. Bạn thử từ khác hoặc bỏ bớt điều kiện lọc."
EMPTY_TITLE = "Ngân hàng chưa có câu hỏi"
EMPTY = "Câu hỏi bạn viết hoặc nhập từ tệp sẽ hiện ở đây."
COLUMN_CHOOSE = "Chọn"
COLUMN_CODE = "Câu hỏi"
COLUMN_TOPIC = "Chủ đề"
COLUMN_DIFFICULTY = "Độ khó"
COLUMN_STATE = "Tình trạng"
COLUMN_CHANGED = "Viết lúc"
POOLS = {"main": "Thi", "practice": "Luyện tập"}
DIFFICULTIES = {1: "1 · Dễ", 2: "2 · Vừa", 3: "3 · Khó"}
STATES = {"draft": "Bản nháp", "approved": "Đã duyệt", "retired": "Ngừng dùng"}
WAITING = "Chờ duyệt"
WAITS_BESIDE = "Có bản mới chờ duyệt"
TONES = {"draft": "plain", "approved": "right", "retired": "wrong"}
VALIDITIES = {"dang": "Đang hiệu lực", "sap": "Chưa đến hạn", "het": "Đã hết hạn"}
EXPORT_LABEL = "Xuất các câu đang lọc"
EXPORTS = {"xlsx": "Xuất xlsx", "gift": "Xuất GIFT", "xml": "Xuất Moodle XML"}
TEMPLATE_FILE = "mau-cau-hoi.xlsx"

DEED = "Việc cần làm"
CHOOSE_DEED = "Chọn việc"
DEEDS = {"approved": "Duyệt", "retired": "Ngừng dùng", "restored": "Dùng lại", "moved": "Đổi chủ đề"}
NEW_TOPIC = "Chủ đề mới"
NEW_TOPIC_HINT = "Chỉ điền khi đổi chủ đề."
PREPARE = "Tiếp tục"
CONFIRM_TITLE = "Xác nhận"
CANCEL = "Không làm nữa"
ONLY_READING = "Vai trò của bạn được đọc ngân hàng câu hỏi, không sửa."
LEFT_AS_IT_IS = "Các câu giữ nguyên"

SAVE = "Lưu"
SAVED = "Đã lưu."
SAVED_WAITS = "Đã lưu thành bản mới, chờ người thứ hai duyệt. Đề thi vẫn dùng bản đã duyệt trước đó."
CODE = "Mã câu hỏi"
CODE_HINT = "Để trống thì hệ thống đánh mã tiếp theo. Mã không đổi được về sau."
POOL = "Nhóm"
POOL_HINT = "Đổi nhóm thì câu phải được duyệt lại."
CHOOSE = "Chọn"
TOPIC = "Chủ đề"
TOPIC_HINT = "Chọn chủ đề có sẵn hoặc gõ tên mới."
DIFFICULTY = "Độ khó"
STEM = "Lời câu hỏi"
OPTIONS_LEGEND = "Phương án"
OPTIONS_HINT = "Từ 2 đến 6 phương án, lần lượt từ A. Đánh dấu mọi phương án được chấp nhận là đúng."
ACCEPTED = "Đúng"
EXPLANATION = "Giải thích"
EXPLANATION_HINT = "Thí sinh đọc sau khi trả lời. Hai, ba câu là đủ."
LEGAL_BASIS = "Căn cứ pháp lý"
LEGAL_BASIS_HINT = "Số, ký hiệu, ngày và cơ quan ban hành."
VALID_FROM = "Hiệu lực từ ngày"
VALID_UNTIL = "Hiệu lực đến hết ngày"
VALID_HINT = "Để trống nếu không giới hạn. Ngoài thời hạn, câu không vào đề."
AT_ONCE = "Chủ đề, độ khó và thời hạn có hiệu lực ngay khi lưu. Lời câu hỏi mới phải chờ duyệt."
DRAFT_NOTE = "Câu mới là bản nháp. Người thứ hai duyệt xong, câu mới vào đề thi."
APPROVE = "Duyệt bản này"
OWN_VERSION = "Bạn viết bản mới nhất nên người khác phải duyệt."
RETIRE = "Ngừng dùng"
RETIRE_TITLE = "Ngừng dùng câu này"
RETIRE_TEXT = "Đề thi mới không rút câu này nữa. Bài đã phát vẫn giữ nguyên."
RESTORE = "Dùng lại"
RESTORE_TITLE = "Dùng lại câu này"
PREVIEW = "Xem như trên điện thoại"
PREVIEW_NOTE = "Bản đã lưu mới nhất."
SHOW_ANSWER = "Xem phần trả lời"
HIDE_ANSWER = "Xem lúc chưa trả lời"
NEWER_TITLE = "Bản người khác vừa lưu"
NEWER_TEXT = "Nội dung bạn gõ còn nguyên trong biểu mẫu. Lưu lại sẽ thành bản mới nhất."
VERSIONS = "Các bản"
VERSION_IN_USE = "Đang dùng trong đề"
DIFFERENCE = "Khác bản trước"
FIRST_VERSION = "Bản đầu tiên"
REMOVED_BEGINS, ADDED_BEGINS, CHANGE_ENDS = "bỏ:", "thêm:", "hết."
HISTORY = "Lịch sử"
HISTORY_NONE = "Câu có từ bộ dữ liệu ban đầu, chưa có thay đổi nào."
PRESET = "bộ dữ liệu ban đầu"
BACK = "Về ngân hàng câu hỏi"
HISTORY_DEEDS = {
    "written": "viết",
    "imported": "nhập từ tệp",
    "approved": "duyệt",
    "retired": "ngừng dùng",
    "restored": "dùng lại",
    "moved": "đổi chủ đề, độ khó hoặc thời hạn",
}


def bank_file(kind: str) -> str:
    """What an exported file is called."""
    return f"cau-hoi.{kind}"


def totals(found: int, count: int) -> str:
    """How many questions the query finds."""
    return f"{grouped(count)} câu hỏi" if found == count else f"{grouped(found)} trong {grouped(count)} câu hỏi"


def counted(name: str, count: int) -> str:
    """A state with its number, for the filter."""
    return f"{name} ({grouped(count)})"


def choose(code: str) -> str:
    """Names a checkbox."""
    return f"Chọn {code}"


def choose_all(found: int) -> str:
    """Names the checkbox for everything the query finds."""
    return f"Chọn cả {grouped(found)} câu tìm thấy, ở mọi trang"


def confirm(deed: str, count: int, topic: str) -> str:
    """Asks before something is done."""
    asked = {
        "approved": f"Duyệt {grouped(count)} câu? Đề thi sẽ rút bản mới nhất của các câu này.",
        "retired": f"Ngừng dùng {grouped(count)} câu? Đề thi mới không rút các câu này nữa.",
        "restored": f"Dùng lại {grouped(count)} câu?",
        "moved": f"Đổi chủ đề của {grouped(count)} câu thành “{topic}”?",
    }
    return asked[deed]


def done(deed: str, count: int) -> str:
    """Said after something was done."""
    said = {"approved": "Đã duyệt", "retired": "Đã ngừng dùng", "restored": "Đã dùng lại", "moved": "Đã đổi chủ đề"}
    return f"{said[deed]} {grouped(count)} câu."


def not_done(code: str, sentence: str) -> str:
    """Why one of several questions is as it was."""
    return f"{code}: {sentence}"


def validity(begins: date | None, ends: date | None) -> str:
    """When a question is valid; empty for always."""
    parts = [words.format(date_text(day)) for words, day in (("từ {}", begins), ("đến hết {}", ends)) if day]
    return f"Hiệu lực {' '.join(parts)}" if parts else ""


def title(code: str) -> str:
    """The heading of one question's page."""
    return f"Câu {code}"


def version_title(number: int, by: str, at: datetime) -> str:
    """One version's heading."""
    return f"Bản {number} · {by or PRESET}, {clock_and_date(at)}"


def event(deed: str, version: int, by: str, at: datetime, note: str) -> str:
    """One line of the history."""
    aside = f" ({note})" if note else ""
    return f"{clock_and_date(at)}: {by} {HISTORY_DEEDS[deed]}, bản {version}{aside}"


def accepted_options(letters: Sequence[str]) -> str:
    """The key in letters."""
    return f"Đáp án: {', '.join(letters)}"


def option(letter: str) -> str:
    """Names the field of an option."""
    return f"Phương án {letter}"


def option_accepted(letter: str) -> str:
    """Names the checkbox of an option."""
    return f"{letter} là đáp án đúng"
