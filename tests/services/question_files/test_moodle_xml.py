"""Moodle XML: what becomes a question, with which key, and what a person is told to look at."""

import pytest

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import ParsedFile, ParsedQuestion, parse_file
from cchc_app.services.question_files.moodle_xml import read_moodle_xml

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Cải cách/Một cửa</text></category></question>
  <!-- question: 12 -->
  <question type="multichoice">
    <name><text>Tên dài của câu</text></name>
    <questiontext format="html"><text><![CDATA[<p>Hồ sơ&nbsp;nộp <b>ở đâu</b>?</p>]]></text></questiontext>
    <generalfeedback format="html">
      <text><![CDATA[<p>Nộp ở xã.</p><p>Căn cứ pháp lý: Nghị định 61</p>]]></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>C-1</idnumber>
    <single>true</single>
    <answer fraction="0" format="html"><text>&lt;p&gt;Nhà &amp;amp; vườn&lt;/p&gt;</text></answer>
    <answer fraction="100" format="html"><text>Bộ phận <![CDATA[<i>Một cửa</i>]]></text></answer>
    <answer fraction="0" format="plain_text"><text>a &lt;b&gt; c</text></answer>
    <tags><tag><text>difficulty:3</text></tag><tag><text>pool:main</text></tag><tag><text>xã</text></tag></tags>
  </question>
  <question type="truefalse">
    <questiontext format="moodle_auto_format"><text>Đúng không?</text></questiontext>
    <answer fraction="0"><text>true</text></answer>
    <answer fraction="100"><text>false</text></answer>
  </question>
</quiz>
"""


def parse(inside: str) -> ParsedFile:
    stem = "<questiontext><text>Ai?</text></questiontext>"
    return parse_file("q.xml", f'<quiz><question type="multichoice">{stem}{inside}</question></quiz>'.encode())


def only(inside: str) -> ParsedQuestion:
    parsed = parse(inside)
    assert parsed.errors == ()
    return parsed.rows[0]


def answers(*fractions: str) -> str:
    return "".join(
        f'<answer fraction="{fraction}"><text>p{place}</text></answer>' for place, fraction in enumerate(fractions)
    )


def warned(inside: str) -> list[ErrorCode]:
    return [warning.code for warning in parse(inside).warnings]


def test_a_whole_file() -> None:
    parsed = parse_file("q.xml", WHOLE.encode())
    assert (parsed.errors, parsed.warnings) == ((), ())
    first, second = parsed.rows
    assert (first.row, first.code, first.topic, first.difficulty, first.pool) == (5, "C-1", "Một cửa", 3, "main")
    assert first.stem == "Hồ sơ nộp ở đâu?"
    assert first.options == ("Nhà & vườn", "Bộ phận Một cửa", "a <b> c")
    assert (first.key, first.explanation, first.legal_basis) == ((1,), "Nộp ở xã.", "Nghị định 61")
    assert (second.row, second.options, second.key) == (21, ("Đúng", "Sai"), (1,))


@pytest.mark.parametrize(
    ("single", "fractions", "key", "warnings"),
    [
        ("true", ("100", "0", "-33.33333"), (0,), []),
        ("true", ("100", "100", "0"), (0, 1), []),
        ("1", ("0", "100"), (1,), []),
        ("false", ("50", "50", "-100"), (0, 1), [ErrorCode.WEIGHTS_AS_ACCEPTED]),
        ("false", ("33.33333", "33.33333", "33.33334", "0"), (0, 1, 2), [ErrorCode.WEIGHTS_AS_ACCEPTED]),
        ("false", ("100", "0"), (0,), []),
    ],
)
def test_keys(single: str, fractions: tuple[str, ...], key: tuple[int, ...], warnings: list[ErrorCode]) -> None:
    inside = f"<single>{single}</single>{answers(*fractions)}"
    assert only(inside).key == key
    assert warned(inside) == warnings


def test_what_is_lost_is_said() -> None:
    feedback = "<feedback><text>Vì thế</text></feedback></answer>"
    right = answers("100", "0").replace("</answer>", feedback, 1)
    wrong = feedback.join(answers("100", "0").rsplit("</answer>", 1))
    assert (only(right).explanation, warned(right)) == ("Vì thế", [])
    assert (only(wrong).explanation, warned(wrong)) == ("", [ErrorCode.FEEDBACK_DROPPED])
    assert warned(f"<defaultgrade>2.5</defaultgrade>{answers('100', '0')}") == [ErrorCode.GRADE_DROPPED]
    assert warned(f"<defaultgrade>10</defaultgrade>{answers('100', '0')}") == [ErrorCode.GRADE_DROPPED]
    assert warned(f"<defaultgrade>1.0</defaultgrade>{answers('100', '0')}") == []


def test_names_serve_as_codes_only_without_an_identifier() -> None:
    name = "<name><text>C7</text></name>"
    assert only(name + answers("100", "0")).code == "C7"
    assert only(name + "<idnumber></idnumber>" + answers("100", "0")).code == ""
    assert only("<name><text>Một câu</text></name>" + answers("100", "0")).code == ""


def test_scripts_leave_nothing_behind() -> None:
    text = "<![CDATA[<script>alert(1)</script><p onclick=x>Ai đó</p><style>p{}</style>]]>"
    inside = answers("100", "0").replace("p0", text).replace('fraction="100"', 'fraction="100" format="html"')
    assert only(inside).options == ("Ai đó", "p1")


def test_each_question_of_a_file_without_lines_has_a_row_of_its_own() -> None:
    one = '<question type="multichoice"><questiontext><text>Ai?</text></questiontext></question>'
    reading = read_moodle_xml(f"<quiz>{one * 3}</quiz>".encode())
    assert [draft.row for draft in reading.drafts] == [1, 2, 3]
