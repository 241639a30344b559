"""Wording of the board that other sites show in a frame."""

from typing import Any

from cchc_app.texts import unit_standings
from cchc_app.texts.formats import minutes_and_seconds
from cchc_app.texts.projector import slide
from cchc_app.texts.standings import TITLE, frozen, withheld

EMPTY = "Bảng chưa có ai."
WHOLE = "Xem cả bảng"

__all__ = ["EMPTY", "TITLE", "WHOLE", "frozen", "heads", "line", "title", "withheld"]


def title(number: int, *, units: bool) -> str:
    """Which board it is."""
    return slide(number, units=units)


def heads(*, units: bool) -> tuple[str, str, str]:
    """Heads of the columns."""
    return ("Hạng", "Đơn vị", "Kết quả") if units else ("Hạng", "Họ tên, đơn vị", "Câu đúng")


def line(row: Any) -> tuple[str, str, str, str, str]:
    """A line of a board of people or of units: rank, name, what stands under it, score, what stands under that."""
    if hasattr(row, "formula"):
        of = row.formula
        rank = unit_standings.NO_RANK if row.rank is None else str(row.rank)
        result = unit_standings.NO_RANK if row.rank is None else unit_standings.result(of)
        return rank, row.name, unit_standings.taking_part(of), result, unit_standings.mean_score(of)
    return str(row.rank), row.full_name, row.unit_name, str(row.correct), minutes_and_seconds(row.time_used_ms)
