"""Wording of the boards for a hall."""

from cchc_app.texts.standings import LIVE, board_name, not_open, period_name

TITLE = "Bảng trình chiếu"
MISSING_TITLE = "Chưa có bảng xếp hạng"
EMPTY = "Bảng chưa có ai."
NO_UNIT = "Chưa có đơn vị nào đủ điều kiện xếp hạng."
NEXT = "Sang bảng sau"

__all__ = ["EMPTY", "LIVE", "MISSING_TITLE", "NEXT", "NO_UNIT", "TITLE", "not_open", "slide"]


def slide(board: int, *, units: bool) -> str:
    """A board's title on the screen."""
    return f"Xếp hạng đơn vị · {period_name(board)}" if units else f"Xếp hạng cá nhân · {board_name(board)}"
