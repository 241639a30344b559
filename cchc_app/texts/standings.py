"""Wording of the boards."""

from datetime import datetime

from cchc_app.contest.boards import OVERALL
from cchc_app.texts.formats import clock_and_date, end_of_window, grouped

TITLE = "Xếp hạng"
LIVE = "cập nhật trực tiếp"
BOARDS = "Các bảng xếp hạng"
OVERALL_NAME = "Chung cuộc"
WEEKS, UNITS, BLOCS = "Tuần", "Đơn vị", "Khối"
PERIODS = "Chọn tuần"
WHOLE_CONTEST = "Cả hội thi"
SEARCH = "Tìm theo tên hoặc đơn vị"
SEARCH_HINT = "Gõ không dấu cũng được, từ hai chữ cái trở lên."
FOUND = "Kết quả tìm"
NOTHING_FOUND = "Không thấy ai trên bảng này. Bạn thử gõ ít chữ hơn, hoặc xem bảng khác."
PAGES = "Các trang của bảng"
NEXT, BEFORE = "Trang sau", "Trang trước"
FIRST, LAST = "Trang đầu", "Trang cuối"
REFRESH = "Cập nhật hạng của bạn"
YOU = "(bạn)"
OWN = "Hạng của bạn"
RANK = "hạng"
POINTS_WORDS = "câu đúng, thời gian"
EMPTY_TITLE = "Bảng chưa có ai"
EMPTY_TEXT = "Người nộp bài đầu tiên sẽ hiện ở đây ngay. Bạn có thể là người đó."
EMPTY_BUTTON = "Vào thi"
WITHHELD_TITLE = "Bảng chưa công bố"
NOT_OPEN_TITLE = "Bảng xếp hạng chưa mở"
MISSING_TITLE = "Chưa có bảng xếp hạng"
RULES = "Xem cách xếp hạng"
PRACTICE = "Luyện tập"


def board_name(number: int) -> str:
    """A board as its tab names it."""
    return OVERALL_NAME if number == OVERALL else f"Tuần {number}"


def period_name(number: int) -> str:
    """A period, or all of them, of a board of units."""
    return WHOLE_CONTEST if number == OVERALL else f"Tuần {number}"


def page_of(page: int, pages: int) -> str:
    """Which page of a board this is."""
    return f"Trang {grouped(page)}/{grouped(pages)}"


def frozen(since: datetime, until: datetime, note: str) -> str:
    """Why a board does not move."""
    said = f" {note}" if note else ""
    return f"Bảng đang dừng ở {clock_and_date(since)} và cập nhật lại sau {end_of_window(until)}.{said}"


def people(size: int) -> str:
    """How many are on a board."""
    return f"{grouped(size)} người"


def withheld(number: int, until: datetime, *, over: bool) -> str:
    """When a board appears.

    Args:
        number: Which board.
        until: When its weeks have closed.
        over: That instant has passed: the last papers are being taken in.
    """
    if over:
        return "Tuần thi đã kết thúc. Ban Tổ chức đang chốt kết quả, bảng sẽ tự hiện ở đây trong ít phút."
    board = "Bảng chung cuộc" if number == OVERALL else "Bảng tuần này"
    return f"{board} hiện sau {end_of_window(until)}, khi tuần thi kết thúc. Bạn quay lại lúc đó."


def not_open(opens_at: datetime) -> str:
    """Before the first week."""
    return f"Bảng mở cùng tuần thi đầu tiên, lúc {clock_and_date(opens_at)}. Trong lúc chờ, bạn có thể luyện tập."
