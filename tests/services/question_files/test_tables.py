"""Tables: encodings, headings, cells that are not texts, repairs, the template, progress, duplicates."""

import io
import time
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import (
    Column,
    Duplicate,
    ParsedFile,
    ParsedQuestion,
    RepairKind,
    duplicates,
    parse_file,
    stem_key,
    template_xlsx,
    write_gift,
    write_moodle_xml,
    write_xlsx,
)

HEAD = ("Mã câu hỏi", "Câu hỏi", "Phương án A", "Phương án B", "Đáp án đúng", "Hiệu lực từ")


def workbook(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, sheets: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("S")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate((head, *rows)):
            for place, value in enumerate(row):
                sheet.write(number, place, value, *([day] if isinstance(value, date) else []))
        for name in sheets:
            book.add_worksheet(name).write(0, 0, "x")
        book.add_worksheet("Empty")
    return out.getvalue()


def table(*rows: tuple[Any, ...], accept: tuple[RepairKind, ...] = ()) -> ParsedFile:
    return parse_file("q.xlsx", workbook(*rows), accept=accept)


def csv(text: str, encoding: str = "utf-8") -> ParsedFile:
    return parse_file("q.csv", text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_of_every_make(encoding: str, delimiter: str, end: str) -> None:
    lines = ["Câu hỏi|Phương án A|Phương án B|Đáp án đúng", 'Hồ sơ nộp ở đâu?|"Xã, phường; ""Một cửa"""|Chợ|A']
    text = end.join(lines).replace("|", delimiter)
    body = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    parsed = parse_file("q.csv", body)
    assert (parsed.errors, parsed.warnings) == ((), ())
    assert [(q.stem, q.options) for q in parsed.rows] == [("Hồ sơ nộp ở đâu?", ('Xã, phường; "Một cửa"', "Chợ"))]


def test_decomposed_text_is_composed_and_look_alikes_are_repaired() -> None:
    (question,) = csv("question,a,b,correct\nThu\u0309 tu\u0323c cu\u0309a \u00d0ảng?,1,2,a\n").rows
    assert question.stem == "Thủ tục của Đảng?"


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        ("question,a,b\n", "Ai?,1,2\n", [(1, Column.KEY, ErrorCode.COLUMN_MISSING)]),
        ("question,a,a,b,correct\n", "Ai?,1,1,2,A\n", [(1, Column.OPTION_A, ErrorCode.COLUMN_REPEATED)]),
        (
            "x,y\n",
            "1,2\n",
            [
                (1, column, ErrorCode.COLUMN_MISSING)
                for column in (Column.STEM, Column.OPTION_A, Column.OPTION_B, Column.KEY)
            ],
        ),
        ("question,a,b,correct\n", "Ai, thế?,1,2,A\n", [(2, Column.FILE, ErrorCode.CELLS_TOO_MANY)]),
    ],
)
def test_tables_that_do_not_fit(head: str, rows: str, expected: list[tuple[int, Column, ErrorCode]]) -> None:
    assert [(error.row, error.column, error.code) for error in csv(head + rows).errors] == expected


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    parsed = csv("question,a,b,correct\n\nAi?,1,2,A\n,,,\nGì?,1,2,B\n")
    assert [question.row for question in parsed.rows] == [3, 5]


def test_what_is_not_read_is_said() -> None:
    parsed = parse_file(
        "q.xlsx", workbook(("C1", "Ai?", "a", "b", "A", "", "x"), head=(*HEAD, "Ghi chú"), sheets=("B",))
    )
    assert [(warning.row, warning.details) for warning in parsed.warnings] == [
        (None, {"title": "B"}),
        (1, {"title": "Ghi chú"}),
    ]
    assert len(parsed.rows) == 1


def test_cells_that_are_no_texts() -> None:
    parsed = table(("C1", "Bao nhiêu?", 0.5, date(2025, 7, 1), "A", date(2025, 9, 5)), ("C2", "Năm?", 2021, 1, "a"))
    assert [(warning.row, warning.column, warning.details["value"]) for warning in parsed.warnings] == [
        (2, Column.OPTION_A, "0.5"),
        (2, Column.OPTION_B, "01/07/2025"),
    ]
    assert [question.options for question in parsed.rows] == [("0.5", "01/07/2025"), ("2021", "1")]
    assert parsed.rows[0].valid_from == date(2025, 9, 5)


def test_a_cell_that_shows_an_error() -> None:
    plain = workbook(("C1", "Ai?", "a", "b", "A"))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    cell = parts[name].index(b'<c r="C2"')
    end = parts[name].index(b"</c>", cell)
    parts[name] = parts[name][:cell] + b'<c r="C2" t="e"><v>#REF!</v>' + parts[name][end:]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    (error,) = parse_file("q.xlsx", out.getvalue()).errors
    assert (error.row, error.column, error.code) == (2, Column.OPTION_A, ErrorCode.CELL_BROKEN)
    assert error.details == {"value": "#REF!"}


def test_lost_zeros_are_offered_and_restored_only_when_accepted() -> None:
    rows = [
        ("001", "Ai?", "a", "b", "A"),
        (2, "Gì?", "a", "b", "A"),
        (10, "Đâu?", "a", "b", "A"),
        (300, "K?", "a", "b", "A"),
    ]
    offered = table(*rows)
    assert [(error.row, error.code, error.details) for error in offered.errors] == [
        (3, ErrorCode.CODE_LOST_ZERO, {"suggestion": "002"}),
        (4, ErrorCode.CODE_LOST_ZERO, {"suggestion": "010"}),
    ]
    assert [(repair.row, repair.before, repair.after) for repair in offered.repairs] == [
        (3, "2", "002"),
        (4, "10", "010"),
    ]
    accepted = table(*rows, accept=(RepairKind.LOST_ZEROS,))
    assert [question.code for question in accepted.rows] == ["001", "002", "010", "300"]
    assert accepted.errors == ()


@pytest.mark.parametrize("accept", [(), (RepairKind.LOST_ZEROS,)])
def test_numbers_among_numbers_may_stay_as_they_are(accept: tuple[RepairKind, ...]) -> None:
    parsed = table((1, "Ai?", "a", "b", "A"), (20, "Gì?", "a", "b", "A"), accept=accept)
    assert parsed.errors == ()
    assert [(repair.before, repair.after) for repair in parsed.repairs] == [("1", "01")]
    assert [question.code for question in parsed.rows] == (["01", "20"] if accept else ["1", "20"])


def test_zeros_lost_on_the_way_to_csv() -> None:
    rows = "code,question,a,b,correct\n01,Ai?,1,2,A\n2,Gì?,1,2,A\n"
    assert [(error.row, error.code) for error in csv(rows).errors] == [(3, ErrorCode.CODE_LOST_ZERO)]
    accepted = parse_file("q.csv", rows.encode(), accept={RepairKind.LOST_ZEROS})
    assert [question.code for question in accepted.rows] == ["01", "02"]


def test_a_number_repaired_into_a_code_that_is_there_is_refused() -> None:
    parsed = table(("01", "Ai?", "a", "b", "A"), (1, "Gì?", "a", "b", "A"), accept=(RepairKind.LOST_ZEROS,))
    assert [(error.row, error.code) for error in parsed.errors] == [(3, ErrorCode.CODE_REPEATED)]


def test_numbers_where_dates_belong_are_offered_as_dates() -> None:
    row = ("C1", "Ai?", "a", "b", "A", 45905)
    (repair,) = table(row).repairs
    assert (repair.kind, repair.before, repair.after) == (RepairKind.NUMBERS_AS_DATES, "45905", "05/09/2025")
    assert table(row, accept=(RepairKind.NUMBERS_AS_DATES,)).rows[0].valid_from == date(2025, 9, 5)


@pytest.mark.parametrize("key", ["A,C", "c a", "A; C", "AC", "a/c"])
def test_ways_to_write_several_letters(key: str) -> None:
    parsed = parse_file("q.xlsx", workbook(("Ai?", "x", "y", "z", key), head=("Câu hỏi", "A", "B", "C", "Đáp án")))
    assert parsed.rows[0].key == (0, 2)


def test_the_template() -> None:
    parsed = parse_file("mau.xlsx", template_xlsx())
    assert (parsed.errors, parsed.warnings) == ((), ())
    assert [(question.code, question.pool, question.key) for question in parsed.rows] == [
        ("VD001", "main", (0,)),
        ("VD002", "practice", (0, 2)),
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx()))
    assert book.sheet_names == ["Câu hỏi", "Hướng dẫn"]
    headings = book.get_sheet_by_index(0).to_python()[0]
    assert [row[0] for row in book.get_sheet_by_index(1).to_python()[1:]] == headings
    with zipfile.ZipFile(io.BytesIO(template_xlsx())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 3
    assert '"Thi,Luyện tập"' in sheet


def test_nothing_exported_is_a_formula() -> None:
    question = ParsedQuestion(0, "", "", "", None, "=1+1", ("+1", "@x", "-2"), (0,), "=HYPERLINK(0)", "", None, None)
    with zipfile.ZipFile(io.BytesIO(write_xlsx([question]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def many(count: int) -> list[ParsedQuestion]:
    return [
        ParsedQuestion(
            row=0,
            code=f"C{n:05}",
            pool="main",
            topic=f"Chủ đề {n % 7}",
            difficulty=n % 3 + 1,
            stem=f"Thủ tục số {n} được niêm yết ở đâu?",
            options=tuple(f"Nơi thứ {letter} của câu {n}" for letter in ["một", "hai", "ba", "bốn"]),
            key=(n % 4,),
            explanation=f"Theo quy định tại Điều {n}.",
            legal_basis="Nghị định số 61/2018/NĐ-CP",
            valid_from=date(2025, 1, 1),
            valid_until=None,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("name", ["q.xlsx", "q.csv", "q.gift", "q.xml"])
def test_five_thousand_rows_with_progress(name: str) -> None:
    bank = many(5000)
    if name == "q.csv":
        lines = (f"{q.stem},{','.join(q.options)},{'ABCD'[q.key[0]]}" for q in bank)
        body = "\n".join(["question,a,b,c,d,correct", *lines]).encode()
    else:
        writers = {"q.xlsx": write_xlsx, "q.gift": lambda bank: write_gift(bank).encode(), "q.xml": write_moodle_xml}
        body = writers[name](bank)
    told: list[tuple[int, int]] = []
    started = time.perf_counter()
    parsed = parse_file(name, body, progress=lambda done, total: told.append((done, total)))
    assert time.perf_counter() - started < 30
    assert len(parsed.rows) == 5000
    assert told == [(done, 5000) for done in range(100, 5001, 100)]


def test_progress_reaches_the_end_of_a_short_file() -> None:
    told: list[tuple[int, int]] = []
    parse_file("q.gift", b"Ai? {=a ~b}\n\n" * 3, progress=lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


def test_duplicates_in_the_file_and_in_the_bank_are_listed() -> None:
    parsed = csv(
        "question,a,b,correct\nHòa Bình ở đâu?,1,2,A\nHOÀ BÌNH, ở đâu,1,2,A\n".replace(
            "HOÀ BÌNH, ở đâu", '"HOÀ BÌNH, ở đâu"'
        )
        + "Ai nộp hồ sơ?,1,2,A\nCâu mới?,1,2,B\n"
    )
    assert parsed.errors == ()
    existing = {stem_key("AI NỘP HỒ SƠ"): "Q007"}
    assert duplicates(parsed.rows, existing) == (Duplicate(3, 2, ""), Duplicate(4, None, "Q007"))


def test_stems_of_signs_only_are_told_apart() -> None:
    assert stem_key("?") != stem_key("!")
