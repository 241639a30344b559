"""Wording of the item analysis."""

from datetime import datetime

from cchc_app.texts.admin_overview import board_name
from cchc_app.texts.formats import clock_and_date, grouped

TITLE = "Phân tích câu hỏi"
LETTERS = "ABCDEF"
ACCEPTED = "Đáp án"
NOT_YET = "—"

FLAGS = {
    "too_few_papers": "Chưa đủ bài",
    "too_hard": "Quá khó",
    "too_easy": "Quá dễ",
    "does_not_discriminate": "Không phân biệt",
    "distractor_attracts_strong": "Phương án sai hút người giỏi",
    "distractor_unchosen": "Phương án sai bỏ không",
    "possibly_wrong_key": "Có thể sai đáp án",
}
# What it means and what to do, in one sentence.
ADVICE = {
    "too_few_papers": "Dưới 30 bài có câu này: các con số chưa nói được gì.",
    "too_hard": "Từ 20% người trở xuống trả lời đúng, không hơn đoán mò. Bạn xem lại cách hỏi hoặc căn cứ.",
    "too_easy": "Từ 95% người trở lên trả lời đúng. Câu không giúp xếp thứ hạng.",
    "does_not_discriminate": (
        "Người làm tốt các câu khác không làm tốt câu này hơn (dưới 0,20). Câu có thể mơ hồ hoặc đánh đố."
    ),
    "distractor_attracts_strong": "Người làm tốt các câu khác hay chọn một phương án sai. Bạn đọc lại phương án đó.",
    "distractor_unchosen": "Có phương án sai dưới 1% người chọn. Bạn thay bằng phương án dễ nhầm hơn.",
    "possibly_wrong_key": (
        "Người làm tốt các câu khác trả lời sai câu này và cùng chọn một phương án khác. Bạn đối chiếu lại căn cứ."
    ),
}
# Tones of the pills.
TONES = {
    "too_few_papers": "plain",
    "too_hard": "gold",
    "too_easy": "gold",
    "does_not_discriminate": "gold",
    "distractor_attracts_strong": "wrong",
    "distractor_unchosen": "plain",
    "possibly_wrong_key": "wrong",
}

INTRO = (
    "Mỗi dòng là một bản của câu hỏi đã có trên bài nộp hoặc hết giờ. "
    "Độ dễ là tỷ lệ trả lời đúng; độ phân biệt so câu này với phần còn lại của bài, từ -1 đến 1."
)
SEARCH = "Tìm mã hoặc nội dung câu hỏi"
FILTER_FLAG = "Dấu hiệu"
ALL_FLAGS = "Mọi câu"
ANY_FLAG = "Cần xem lại"
FILTER_TOPIC = "Chủ đề"
ALL_TOPICS = "Mọi chủ đề"
CAPTION = "Các câu hỏi với độ dễ, độ phân biệt, thời gian"
COLUMN_CODE = "Câu hỏi"
COLUMN_PAPERS = "Số bài"
COLUMN_FACILITY = "Độ dễ"
COLUMN_DISCRIMINATION = "Phân biệt"
COLUMN_TIME = "Thời gian"
COLUMN_EXPOSURE = "Tần suất"
COLUMN_FLAGS = "Dấu hiệu"
NOTHING_FOUND = "Không có câu hỏi nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
NONE_TITLE = "Chưa có bài nào để phân tích"
NONE = "Khi có bài nộp, độ dễ, độ phân biệt và thời gian của từng câu hiện ở đây."
EXPORT = "Xuất xlsx"
REFRESH = "Tính lại"
COMPUTING_HINT = "Bạn có thể rời trang; việc tính vẫn chạy và kết quả được giữ lại."
FAILED = "Chưa tính được. Bạn thử lại sau ít phút."

CLOSE = "Đóng"
OPTIONS_CAPTION = "Các phương án: tỷ lệ chọn và độ phân biệt"
COLUMN_OPTION = "Phương án"
COLUMN_SHARE = "Tỷ lệ chọn"
COLUMN_OPTION_DISCRIMINATION = "Phân biệt"
UNANSWERED = "Không trả lời"
FACILITY = "Độ dễ"
DISCRIMINATION = "Độ phân biệt"
MEAN_TIME = "Thời gian trung bình"
MEDIAN_TIME = "Trung vị thời gian"
EXPOSURE = "Tần suất xuất hiện"
PAPERS = "Số bài"

FILE_NAME = "phan-tich-cau-hoi.xlsx"
FILE_ITEMS = "Câu hỏi"
FILE_OPTIONS = "Phương án"
ITEM_COLUMNS = (
    ("Mã", 12),
    ("Bản", 6),
    ("Chủ đề", 18),
    ("Mức khó", 9),
    ("Câu hỏi", 60),
    ("Số bài", 9),
    ("Tần suất (%)", 12),
    ("Độ dễ (%)", 11),
    ("Độ phân biệt", 13),
    ("Thời gian trung bình (giây)", 16),
    ("Trung vị thời gian (giây)", 16),
    ("Dấu hiệu", 40),
)
OPTION_COLUMNS = (
    ("Mã", 12),
    ("Bản", 6),
    ("Phương án", 10),
    ("Nội dung", 60),
    ("Đáp án", 9),
    ("Tỷ lệ chọn (%)", 14),
    ("Độ phân biệt", 13),
    ("Dấu hiệu", 32),
)


def share(value: float | None) -> str:
    """A share as a percentage to the tenth; a dash when it is not defined."""
    return NOT_YET if value is None else f"{value * 100:.1f}%".replace(".", ",")


def index(value: float | None) -> str:
    """A correlation to the hundredth, `-0,12`; a dash when it is not defined."""
    return NOT_YET if value is None else f"{value:.2f}".replace(".", ",").replace("-0,00", "0,00")


def seconds(milliseconds: int | None) -> str:
    """A time on a question, `18,4 giây`."""
    return NOT_YET if milliseconds is None else f"{milliseconds / 1000:.1f} giây".replace(".", ",")


def version(code: str, number: int) -> str:
    """A question version's name."""
    return f"{code} · bản {number}"


def made_of(papers: int, at: datetime | None) -> str:
    """What the figures are made of."""
    return f"{grouped(papers)} bài đã nộp hoặc hết giờ, tính lúc {clock_and_date(at)}" if at else ""


def computing(percent: int) -> str:
    """While figures are being made."""
    return f"Đang tính, đã xong {percent}%"


def notable(number: int) -> str:
    """The filter's choice with its number."""
    return f"{ANY_FLAG} ({grouped(number)})"


def totals(found: int, count: int) -> str:
    """How many questions are found."""
    return f"{grouped(count)} câu hỏi" if found == count else f"{grouped(found)} trong {grouped(count)} câu hỏi"


def file_note(board: int | None, now: datetime) -> str:
    """The first line of the file."""
    name = "" if board is None else f", {board_name(board).lower()}"
    return f"Phân tích câu hỏi{name}. Lập lúc {clock_and_date(now)}."
