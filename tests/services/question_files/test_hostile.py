"""Whatever is uploaded, the answer is a list of problems: never an exception, never a long wait."""

import io
import time
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import ParsedFile, parse_file, template_xlsx
from cchc_app.texts import message

NAMES = ["q.xlsx", "q.csv", "q.gift", "q.aiken", "q.txt", "q.xml"]
TEMPLATE = template_xlsx()
SOUND = {
    "q.gift": "// [id:1]\n$CATEGORY: a\n\n::t::[html]Ai? {=%50%a#b ~[markdown]c ####d}\n\nb {T}\n\nc {#1}",
    "q.csv": 'Mã;Câu hỏi;A;B;Đáp án;Hiệu lực từ\n1;"Ai?";a;b;A;01/01/2025\n',
    "q.txt": "Ai?\nA. a\nB. b\nANSWER: A\n",
    "q.xml": '<quiz><question type="multichoice"><idnumber>1</idnumber><questiontext format="html"><text>&lt;p>Ai'
    '</text></questiontext><answer fraction="100"><text>a</text></answer></question></quiz>',
}


def require_words(parsed: ParsedFile) -> None:
    """Every problem has a sentence; a file without problems has questions."""
    assert parsed.errors or parsed.rows
    for problem in (*parsed.errors, *parsed.warnings):
        assert "{title}" not in message(problem.code, problem.details)
    assert {question.row for question in parsed.rows}.isdisjoint(error.row for error in parsed.errors)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes(name: str, body: bytes) -> None:
    require_words(parse_file(name, body))


@pytest.mark.parametrize("name", NAMES[1:])
@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200) | st.lists(st.sampled_from("{}=~#:\\/%[]\n\n$AB.) ANSWER"), max_size=60).map("".join))
def test_any_text(name: str, text: str) -> None:
    require_words(parse_file(name, text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=200, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 250), st.sampled_from("{}=~#:<>&\"';\n\x00\\%")), max_size=4))
def test_sound_files_with_signs_struck_in(name: str, cuts: list[tuple[int, str]]) -> None:
    text = SOUND[name]
    for place, sign in cuts:
        text = text[:place] + sign + text[place:]
    require_words(parse_file(name, text.encode()))


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(TEMPLATE) - 1), bits=st.integers(1, 255), keep=st.integers(1, len(TEMPLATE)))
def test_broken_workbooks(place: int, bits: int, keep: int) -> None:
    changed = bytearray(TEMPLATE)
    changed[place] ^= bits
    require_words(parse_file("q.xlsx", bytes(changed)))
    require_words(parse_file("q.xlsx", TEMPLATE[:keep]))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_workbooks_whose_parts_are_odd(data: st.DataObject) -> None:
    """The archive is sound, one part is not: the same place struck in the XML itself."""
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name.startswith("xl/")]))
    place = data.draw(st.integers(0, len(parts[name])))
    struck = data.draw(st.sampled_from([b"<", b">", b'"', b"&", b"9", b"-", b" ", b"\xff", b"<f/>", b"<c>", b"</c>"]))
    parts[name] = parts[name][:place] + struck + parts[name][place:]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    require_words(parse_file("q.xlsx", out.getvalue()))


def test_two_parts_of_one_name() -> None:
    """One reader takes the first, another the last: what was examined must be what is read."""
    for twin in ("xl/worksheets/sheet1.xml", "XL\\worksheets/Sheet1.xml"):
        out = io.BytesIO(TEMPLATE)
        with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
            warnings.simplefilter("ignore")
            archive.writestr(twin, b"<worksheet/>")
        assert [error.code for error in parse_file("q.xlsx", out.getvalue()).errors] == [ErrorCode.FILE_UNREADABLE]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("q.txt", b"\n" * 2_000_000 + b"x"),
        ("q.txt", b" " * 2_000_000 + b"x"),
        ("q.gift", b"[markdown]" + b"![" * 500_000 + b" {=a ~b}"),
        ("q.gift", b"[html]" + b"<b" * 500_000 + b" {=a ~b}"),
        ("q.gift", b"[html]" + b"<b>" * 15_000 + b" {=a ~b}"),
        ("q.gift", b"[markdown]" + b">" * 40_000 + b" {=a ~b}"),
        ("q.gift", b"// " + b"[id:" * 500_000 + b"\nAi? {=a ~b}"),
        ("q.gift", b"Ai? {" + b"=a" * 300_000 + b"}"),
        ("q.gift", b"Ai? {=" + b"o" * 1_000_000 + b" ~b}"),
        ("q.gift", b"$CATEGORY: " + b"/" * 1_000_000 + b"\n\nAi? {=a ~b}"),
        ("q.xml", b"<quiz>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</quiz>"),
        ("q.csv", b"question,a,b,correct\nAi?,1,2," + b"A," * 100_000),
        ("q.csv", b'question,a,b,correct\nAi?,1,2,"' + b"A," * 60_000 + b'"\n'),
    ],
    ids=range(13),
)
def test_no_long_wait(name: str, body: bytes) -> None:
    started = time.perf_counter()
    require_words(parse_file(name, body))
    assert time.perf_counter() - started < 15
