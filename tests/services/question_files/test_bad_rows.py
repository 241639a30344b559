"""Every kind of bad row: which row, which column, which sentence."""

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
import xlsxwriter

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import Column, ParsedFile, parse_file
from cchc_app.texts import message
from cchc_app.texts.question_files import column_title

HEAD = (
    *("Mã câu hỏi", "Nhóm câu hỏi", "Chủ đề", "Độ khó", "Câu hỏi"),
    *(f"Phương án {letter}" for letter in "ABCDEFG"),
    *("Đáp án đúng", "Giải thích", "Căn cứ pháp lý", "Hiệu lực từ", "Hiệu lực đến"),
)
GOOD = {
    **{"Mã câu hỏi": "C1", "Nhóm câu hỏi": "Thi", "Chủ đề": "Một cửa", "Độ khó": "1", "Câu hỏi": "Hồ sơ nộp ở đâu?"},
    **{"Phương án A": "Bộ phận Một cửa", "Phương án B": "Nhà riêng", "Đáp án đúng": "A"},
}
OTHER = GOOD | {"Mã câu hỏi": "C2", "Câu hỏi": "Ai trả kết quả?"}


def workbook(*rows: dict[str, Any], head: tuple[str, ...] = HEAD) -> bytes:
    """A workbook with these rows; numbers stay numbers, a text beginning with = becomes a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": True}) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, head)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(head):
                if name in row:
                    sheet.write(number, place, row[name])
    return out.getvalue()


def parse_table(row: dict[str, Any]) -> ParsedFile:
    return parse_file("q.xlsx", workbook(OTHER, GOOD | row))


@dataclass(frozen=True)
class Bad:
    """A change that makes row 3 bad: where, how it is refused, a piece of the sentence."""

    name: str
    row: dict[str, Any]
    column: Column
    code: ErrorCode
    words: str
    shown: dict[str, Any] = field(default_factory=dict)


TABLE = [
    Bad("no stem", {"Câu hỏi": ""}, Column.STEM, ErrorCode.STEM_MISSING, "Chưa có nội dung câu hỏi"),
    Bad("only spaces", {"Câu hỏi": " \u200b\u00a0 "}, Column.STEM, ErrorCode.STEM_MISSING, "Chưa có nội dung"),
    Bad("long stem", {"Câu hỏi": "a" * 2001}, Column.STEM, ErrorCode.TEXT_TOO_LONG, "2001 ký tự, nhiều nhất là 2000"),
    Bad("long option", {"Phương án B": "b" * 501}, Column.OPTION_B, ErrorCode.TEXT_TOO_LONG, "nhiều nhất là 500"),
    Bad("long topic", {"Chủ đề": "c" * 201}, Column.TOPIC, ErrorCode.TEXT_TOO_LONG, "nhiều nhất là 200"),
    Bad("long reason", {"Giải thích": "d" * 4001}, Column.EXPLANATION, ErrorCode.TEXT_TOO_LONG, "4001 ký tự"),
    Bad("long basis", {"Căn cứ pháp lý": "e" * 1001}, Column.LEGAL_BASIS, ErrorCode.TEXT_TOO_LONG, "là 1000"),
    Bad("bell in stem", {"Câu hỏi": "Ai\x07 đó?"}, Column.STEM, ErrorCode.TEXT_CONTROL, "ký tự điều khiển"),
    Bad("control in option", {"Phương án A": "Bộ\x1fphận"}, Column.OPTION_A, ErrorCode.TEXT_CONTROL, "điều khiển"),
    Bad("replacement character", {"Câu hỏi": "H\ufffd sơ?"}, Column.STEM, ErrorCode.TEXT_BROKEN, "đã hỏng"),
    Bad("private font", {"Phương án B": "Nhà \uf0e8"}, Column.OPTION_B, ErrorCode.TEXT_BROKEN, "phông chữ riêng"),
    Bad("one option", {"Phương án B": ""}, Column.OPTIONS, ErrorCode.OPTIONS_TOO_FEW, "ít nhất 2 phương án"),
    Bad(
        "seven options",
        {f"Phương án {letter}": letter * 3 for letter in "ABCDEFG"},
        Column.OPTIONS,
        ErrorCode.OPTIONS_TOO_MANY,
        "nhiều nhất 6",
    ),
    Bad("a gap", {"Phương án D": "Nơi khác"}, Column.OPTION_C, ErrorCode.OPTION_GAP, "bỏ cách quãng"),
    Bad("no first option", {"Phương án A": "", "Đáp án đúng": "B"}, Column.OPTION_A, ErrorCode.OPTION_GAP, "từ A"),
    Bad("same option", {"Phương án B": "BỘ PHẬN  một cửa"}, Column.OPTION_B, ErrorCode.OPTIONS_REPEATED, "giống"),
    Bad(
        "same but for the tone's place",
        {"Phương án A": "Hòa Bình", "Phương án B": "Hoà Bình"},
        Column.OPTION_B,
        ErrorCode.OPTIONS_REPEATED,
        "giống một phương án",
    ),
    Bad("no key", {"Đáp án đúng": ""}, Column.KEY, ErrorCode.KEY_MISSING, "Chưa có đáp án đúng"),
    Bad("key as number", {"Đáp án đúng": 1}, Column.KEY, ErrorCode.KEY_INVALID, "Đáp án “1” chưa đúng dạng"),
    Bad("key as words", {"Đáp án đúng": "Bộ phận Một cửa"}, Column.KEY, ErrorCode.KEY_INVALID, "chưa đúng dạng"),
    Bad("key twice", {"Đáp án đúng": "A, A"}, Column.KEY, ErrorCode.KEY_INVALID, "“A, A”"),
    Bad("key beyond", {"Đáp án đúng": "C"}, Column.KEY, ErrorCode.KEY_NO_SUCH_OPTION, "Đáp án C chỉ tới"),
    Bad("one key beyond", {"Đáp án đúng": "A; Z"}, Column.KEY, ErrorCode.KEY_NO_SUCH_OPTION, "Đáp án Z chỉ tới"),
    Bad("all are right", {"Đáp án đúng": "A, B"}, Column.KEY, ErrorCode.KEY_ALL_OPTIONS, "Mọi phương án"),
    Bad("spaces in code", {"Mã câu hỏi": "C 1"}, Column.CODE, ErrorCode.CODE_INVALID, "Mã chỉ gồm"),
    Bad("long code", {"Mã câu hỏi": "C" * 33}, Column.CODE, ErrorCode.CODE_INVALID, "nhiều nhất 32"),
    Bad("code twice", {"Mã câu hỏi": "c2"}, Column.CODE, ErrorCode.CODE_REPEATED, "đã có ở dòng 2"),
    Bad("unknown pool", {"Nhóm câu hỏi": "Khác"}, Column.POOL, ErrorCode.POOL_UNKNOWN, "“Thi” hoặc “Luyện tập”"),
    Bad("difficulty 4", {"Độ khó": 4}, Column.DIFFICULTY, ErrorCode.DIFFICULTY_INVALID, "1, 2 hoặc 3"),
    Bad("difficulty 1.5", {"Độ khó": 1.5}, Column.DIFFICULTY, ErrorCode.DIFFICULTY_INVALID, "1, 2 hoặc 3"),
    Bad("difficulty in words", {"Độ khó": "rất khó"}, Column.DIFFICULTY, ErrorCode.DIFFICULTY_INVALID, "1, 2 hoặc 3"),
    Bad("no such day", {"Hiệu lực từ": "31/02/2025"}, Column.VALID_FROM, ErrorCode.DATE_INVALID, "không có trên lịch"),
    Bad("two digits of year", {"Hiệu lực đến": "1/2/25"}, Column.VALID_UNTIL, ErrorCode.DATE_INVALID, "05/09/2025"),
    Bad("year 1", {"Hiệu lực từ": "01/01/0001"}, Column.VALID_FROM, ErrorCode.DATE_INVALID, "chưa đúng dạng"),
    Bad("date as number", {"Hiệu lực từ": 45905}, Column.VALID_FROM, ErrorCode.DATE_IS_NUMBER, "có lẽ là 05/09/2025"),
    Bad("huge number", {"Hiệu lực đến": 10**9}, Column.VALID_UNTIL, ErrorCode.DATE_INVALID, "chưa đúng dạng"),
    Bad(
        "dates reversed",
        {"Hiệu lực từ": "02/09/2025", "Hiệu lực đến": "01/09/2025"},
        Column.VALID_UNTIL,
        ErrorCode.DATES_REVERSED,
        "ở trước ngày bắt đầu",
    ),
    Bad("formula stem", {"Câu hỏi": '="Ai"&"?"'}, Column.STEM, ErrorCode.FORMULA_CELL, "là công thức"),
    Bad("formula key", {"Đáp án đúng": "=CHAR(65)"}, Column.KEY, ErrorCode.FORMULA_CELL, "dạng giá trị"),
    Bad("formula date", {"Hiệu lực từ": "=TODAY()"}, Column.VALID_FROM, ErrorCode.FORMULA_CELL, "là công thức"),
]


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.name)
def test_bad_row_of_a_table(bad: Bad) -> None:
    parsed = parse_table(bad.row)
    assert [(error.row, error.column, error.code) for error in parsed.errors] == [(3, bad.column, bad.code)]
    assert bad.words in message(bad.code, parsed.errors[0].details)
    assert [question.code for question in parsed.rows] == ["C2"]


GIFT = {
    "essay": ("Kể lại. {}", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "tự luận"),
    "matching": ("Ghép. {=a -> b =c -> d}", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "ghép đôi"),
    "numerical": ("Bao nhiêu? {#3:1}", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "trả lời bằng số"),
    "short": ("Tên gì? {=Một cửa =1 cửa}", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "trả lời ngắn"),
    "description": ("Đọc kỹ đoạn sau.", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "đoạn giới thiệu"),
    "open brace": ("Ai? {=a ~b", Column.STEM, ErrorCode.GIFT_BRACES, "ngoặc nhọn"),
    "closed twice": ("Ai? {=a ~b}}", Column.STEM, ErrorCode.GIFT_BRACES, "ngoặc nhọn"),
    "no sign": ("Ai? {a =b ~c}", Column.STEM, ErrorCode.GIFT_ANSWERS, "dấu = hoặc ~"),
    "empty option": ("Ai? {=a ~ ~c}", Column.STEM, ErrorCode.GIFT_ANSWERS, "dấu = hoặc ~"),
    "weight in words": ("Ai? {~%half%a ~b}", Column.STEM, ErrorCode.WEIGHT_INVALID, "“half”"),
    "weight too large": ("Ai? {~%150%a ~b}", Column.STEM, ErrorCode.WEIGHT_INVALID, "-100 đến 100"),
    "partial credit": ("Ai? {=a ~%50%b ~c}", Column.KEY, ErrorCode.PARTIAL_CREDIT, "điểm từng phần"),
    "nothing right": ("Ai? {~a ~b}", Column.KEY, ErrorCode.KEY_MISSING, "Chưa có đáp án"),
    "picture": ("[html]Ai? <img src\\=x> {=a ~b}", Column.STEM, ErrorCode.MEDIA_REFUSED, "có ảnh"),
    "reserved character": ("Ai \ufdd0? {=a ~b}", Column.STEM, ErrorCode.TEXT_BROKEN, "đã hỏng"),
}


@pytest.mark.parametrize("name", GIFT)
def test_bad_block_of_gift(name: str) -> None:
    text, column, code, words = GIFT[name]
    parsed = parse_file("q.gift", f"Trước? {{=x ~y}}\n\n{text}\n\nSau? {{=x ~y}}\n".encode())
    assert [(error.row, error.column, error.code) for error in parsed.errors] == [(3, column, code)]
    assert words in message(code, parsed.errors[0].details)
    assert [question.stem for question in parsed.rows] == ["Trước?", "Sau?"]


AIKEN = {
    "stem on two lines": ("Hồ sơ\nnộp ở đâu?\nA. a\nB. b\nANSWER: A", 5, Column.STEM, ErrorCode.AIKEN_LINE),
    "option on two lines": ("Ở đâu?\nA. Bộ phận\nMột cửa\nB. b\nANSWER: A", 6, Column.OPTIONS, ErrorCode.AIKEN_LINE),
    "no answer": ("Ở đâu?\nA. a\nB. b", 4, Column.KEY, ErrorCode.KEY_MISSING),
    "empty answer": ("Ở đâu?\nA. a\nB. b\nANSWER:", 4, Column.KEY, ErrorCode.KEY_MISSING),
    "answer beyond": ("Ở đâu?\nA. a\nB. b\nANSWER: C", 4, Column.KEY, ErrorCode.KEY_NO_SUCH_OPTION),
    "answer in words": ("Ở đâu?\nA. a\nB. b\nANSWER: ở nhà", 4, Column.KEY, ErrorCode.KEY_INVALID),
    "letter left out": ("Ở đâu?\nA. a\nC. c\nANSWER: A", 6, Column.OPTION_B, ErrorCode.OPTION_GAP),
    "option without words": ("Ở đâu?\nA. a\nB.\nC. c\nANSWER: A", 4, Column.OPTION_B, ErrorCode.OPTION_GAP),
    "no question": ("A. a\nB. b\nANSWER: A", 4, Column.STEM, ErrorCode.STEM_MISSING),
}


@pytest.mark.parametrize("name", AIKEN)
def test_bad_question_of_aiken(name: str) -> None:
    text, row, column, code = AIKEN[name]
    around = "Trước?\nA. x\nANSWER: A\n", "Sau?\nA) x\nB) y\nANSWER: B\n"
    parsed = parse_file("q.txt", f"{around[0]}{text}\n\n{around[1]}".encode())
    first, *rest = [(error.row, error.column, error.code) for error in parsed.errors]
    assert first == (1, Column.OPTIONS, ErrorCode.OPTIONS_TOO_FEW)
    assert rest == [(row, column, code)]
    assert [question.stem for question in parsed.rows] == ["Sau?"]


def choice(inside: str, kind: str = "multichoice") -> str:
    return f'<question type="{kind}"><name><text>x</text></name>{inside}</question>'


STEM = "<questiontext><text>Ai?</text></questiontext>"
A, B = '<answer fraction="100"><text>a</text></answer>', '<answer fraction="0"><text>b</text></answer>'
MOODLE = {
    "essay": (choice(STEM, "essay"), Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "tự luận"),
    "matching": (choice(STEM, "matching"), Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "ghép đôi"),
    "cloze": (choice(STEM, "cloze"), Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "dạng khác (cloze)"),
    "no type": ("<question/>", Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, "dạng khác ()"),
    "file": (
        choice('<questiontext><text>Ai?</text><file name="a.png" encoding="base64">aGk=</file></questiontext>' + A + B),
        Column.STEM,
        ErrorCode.MEDIA_REFUSED,
        "có ảnh",
    ),
    "fraction": (choice(STEM + A + B.replace('"0"', '"x"')), Column.KEY, ErrorCode.WEIGHT_INVALID, "“x”"),
    "partial": (choice(STEM + A + B.replace('"0"', '"50"')), Column.KEY, ErrorCode.PARTIAL_CREDIT, "từng phần"),
    "half is best": (choice(STEM + A.replace("100", "50") + B), Column.KEY, ErrorCode.PARTIAL_CREDIT, "từng phần"),
    "empty stem": (choice("<questiontext/>" + A + B), Column.STEM, ErrorCode.STEM_MISSING, "Chưa có"),
    "no answers": (choice(STEM), Column.OPTIONS, ErrorCode.OPTIONS_TOO_FEW, "ít nhất 2"),
    "same answers": (choice(STEM + A + B + B), Column.OPTION_C, ErrorCode.OPTIONS_REPEATED, "giống"),
}


@pytest.mark.parametrize("name", MOODLE)
def test_bad_question_of_moodle_xml(name: str) -> None:
    text, column, code, words = MOODLE[name]
    good = choice(STEM + A + B)
    parsed = parse_file("q.xml", f"<quiz>\n{good.replace('>x<', '>x1<')}\n{text}\n</quiz>".encode())
    assert (3, column, code) in [(error.row, error.column, error.code) for error in parsed.errors]
    assert {error.row for error in parsed.errors} == {3}
    assert any(words in message(error.code, error.details) for error in parsed.errors)
    assert len(parsed.rows) == 1


def test_there_are_forty_kinds_and_every_column_has_a_title() -> None:
    kinds = len(TABLE) + len(GIFT) + len(AIKEN) + len(MOODLE)
    assert len(TABLE) >= 40
    assert kinds >= 75
    assert all(column_title(column) for column in Column)


def test_every_problem_of_every_row_is_told_at_once() -> None:
    rows = [GOOD | {"Mã câu hỏi": f"C{n}", "Câu hỏi": "", "Đáp án đúng": "Z"} for n in range(3)]
    parsed = parse_file("q.xlsx", workbook(*rows))
    assert [(error.row, error.column) for error in parsed.errors] == [
        (row, column) for row in (2, 3, 4) for column in (Column.STEM, Column.KEY)
    ]
    assert parsed.rows == ()
