"""Short lists: searched without accents, filtered by what occurs, ordered, paged, written whole to a file."""

import io
from dataclasses import dataclass

import pytest
from python_calamine import CalamineWorkbook

from cchc_app.services.short_tables import ShortTable, arrange, short_file
from tests.factories import NOW


@dataclass(frozen=True)
class Line:
    name: str
    kind: str
    size: int


LINES = [Line("Đỗ An", "a", 3), Line("Bình", "b", 1), Line("Ánh Đỗ", "a", 2)]
TABLE: ShortTable[Line] = ShortTable(
    sorts={"luc": None, "co": lambda line: line.size},
    searched=lambda line: (line.name,),
    filters={"loai": lambda line: line.kind},
    sheet="Thử",
    columns=(("Tên", 20), ("Cỡ", 8)),
    cells=lambda line: (line.name, line.size),
)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Đỗ An", "Bình", "Ánh Đỗ"]),
        ({"giam": "1"}, ["Ánh Đỗ", "Bình", "Đỗ An"]),
        ({"tim": "do"}, ["Đỗ An", "Ánh Đỗ"]),
        ({"tim": "do", "xep": "co"}, ["Ánh Đỗ", "Đỗ An"]),
        ({"loai": "b"}, ["Bình"]),
        ({"loai": "x"}, ["Đỗ An", "Bình", "Ánh Đỗ"]),
        ({"tim": "nobody"}, []),
        ({"trang": "9", "xep": "made-up", "tim": ["a"]}, ["Đỗ An", "Bình", "Ánh Đỗ"]),
    ],
    ids=str,
)
def test_a_question_is_answered(asked: dict[str, object], names: list[str]) -> None:
    found = arrange(TABLE, LINES, asked)
    assert ([line.name for line in found.lines], found.found, found.count) == (names, len(names), 3)
    assert found.shape.filters == {"loai": ("a", "b")}


def test_pages_and_the_whole_file() -> None:
    many = [Line(f"Người {n}", "ab"[n % 2], n) for n in range(1, 121)]
    last = arrange(TABLE, many, {"trang": "99"})
    assert (last.query.page, last.lines[0].size, len(last.lines)) == (3, 101, 20)
    asked = {"loai": "a", "xep": "co", "giam": "1", "trang": "2"}
    rows = CalamineWorkbook.from_filelike(io.BytesIO(short_file(TABLE, many, asked, now=NOW))).get_sheet_by_index(0)
    lines = rows.to_python()
    assert str(lines[0][0]).startswith("Xuất lúc")
    assert (lines[1], len(lines) - 2) == (["Tên", "Cỡ"], 60)
    assert [line[1] for line in lines[2:5]] == [120, 118, 116]
