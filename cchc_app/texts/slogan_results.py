"""Wording of the public results of the slogan round."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from cchc_app.texts.formats import clock_and_date, end_with_year, grouped, points_text

TITLE = "Kết quả vòng khẩu hiệu"
INTRO = "Khẩu hiệu của các đơn vị, do Ban Giám khảo chấm theo mã số và Ban Tổ chức công bố."
WAITING_TITLE = "Chưa công bố kết quả"
WINNERS = "Khẩu hiệu được giải"
OTHERS = "Mọi khẩu hiệu"
SEARCH = "Tìm khẩu hiệu, đơn vị"
SEARCH_BUTTON = "Tìm"
CLEAR = "Xem tất cả"
NOTHING_FOUND = "Không có khẩu hiệu nào khớp. Bạn thử từ khác; không cần gõ dấu."
AUTHOR = "Tác giả"
UNDECIDED = "Đồng hạng, Ban Tổ chức quyết định giải"
SHARE = "Tải ảnh chia sẻ"
COPY = "Sao chép khẩu hiệu"
RESULTS_LINK = "Xem kết quả vòng khẩu hiệu"
TO_ROUND = "Về vòng khẩu hiệu"


def waiting(closes_at: datetime, *, over: bool) -> str:
    """When the results come, before they are there."""
    if over:
        return (
            f"Vòng khẩu hiệu đã đóng lúc {end_with_year(closes_at)}. "
            "Kết quả hiện ở đây khi Ban Giám khảo chấm xong và Ban Tổ chức công bố."
        )
    return (
        f"Các đơn vị gửi khẩu hiệu đến {end_with_year(closes_at)}. "
        "Sau đó Ban Giám khảo chấm, kết quả hiện ở đây khi Ban Tổ chức công bố."
    )


def published(version: int, at: datetime, count: int) -> str:
    """Since when, and how many slogans."""
    said = f"Công bố {clock_and_date(at)} · {grouped(count)} khẩu hiệu"
    return said if version == 1 else f"{said} · bản đính chính {version - 1}"


def correction(note: str) -> str:
    """What the newest version says of itself."""
    return f"Ghi chú của Ban Tổ chức: {note}"


def prize(prizes: Sequence[str]) -> str:
    """The prize, or that it is not decided."""
    return prizes[0] if len(prizes) == 1 else UNDECIDED


def facts(rank: int, score: Fraction) -> str:
    """A winner's place and points."""
    return f"Hạng {grouped(rank)} · {points_text(score)} điểm"


def card_text(text: str) -> str:
    """A slogan as its share image says it."""
    return f"“{text}”"


def card_name(code: str) -> str:
    """The file name of a share image."""
    return f"khau-hieu-{code.lower()}.png"
