"""Aiken: the format as documented, and the small liberties people take with it."""

import pytest

from cchc_app.services.question_files import FileKind, parse_file


@pytest.mark.parametrize(
    ("text", "stem", "options", "key"),
    [
        ("Ai?\nA. a\nB. b\nANSWER: B", "Ai?", ("a", "b"), (1,)),
        ("Ai?\nA) a\nB) b\nC) c\nANSWER: C", "Ai?", ("a", "b", "c"), (2,)),
        ("Ai?\na. a\nb) b\nanswer: b", "Ai?", ("a", "b"), (1,)),
        ("Ai?\r\nA. a\r\nB. b\r\nANSWER:A\r\n", "Ai?", ("a", "b"), (0,)),
        ("\n\nAi?\n\nA. a\n\nB. b\n\nANSWER: A", "Ai?", ("a", "b"), (0,)),
        ("  Ai?  \n  A.  a \n B. b\n ANSWER : A ", "Ai?", ("a", "b"), (0,)),
        ("Ai?\nA.a\nB.b\nANSWER: A", "Ai?", ("a", "b"), (0,)),
        ("Ai?\nA. a\nB. b\nC. c\nANSWER: A, C", "Ai?", ("a", "b", "c"), (0, 2)),
        ("T.P. Hải Phòng ở đâu?\nA. a\nB. b\nANSWER: A", "T.P. Hải Phòng ở đâu?", ("a", "b"), (0,)),
        ("Ai?\n" + "".join(f"{c}. {c}{c}\n" for c in "ABCDEF") + "ANSWER: F", "Ai?", tuple("ABCDEF"), (5,)),
    ],
)
def test_becomes(text: str, stem: str, options: tuple[str, ...], key: tuple[int, ...]) -> None:
    parsed = parse_file("q.txt", text.encode())
    assert (parsed.kind, parsed.errors) == (FileKind.AIKEN, ())
    (question,) = parsed.rows
    doubled = tuple(option * 2 for option in options) if options[0] == "A" else options
    assert (question.stem, question.options, question.key) == (stem, doubled, key)


def test_questions_need_no_blank_line_between_them() -> None:
    one = "Ai {n}?\nA. a\nB. b\nANSWER: A\n"
    parsed = parse_file("q.txt", "".join(one.format(n=n) for n in range(3)).encode())
    assert [(question.row, question.stem) for question in parsed.rows] == [(1, "Ai 0?"), (5, "Ai 1?"), (9, "Ai 2?")]
