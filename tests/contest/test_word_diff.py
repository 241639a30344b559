"""Differences word by word."""

import pytest

from cchc_app.contest.word_diff import Change, Piece, word_differences

KEPT, REMOVED, ADDED = Change.KEPT, Change.REMOVED, Change.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", ()),
        ("Chính phủ", "Chính phủ", (Piece(KEPT, "Chính phủ"),)),
        ("", "mới", (Piece(ADDED, "mới"),)),
        ("cũ", "", (Piece(REMOVED, "cũ"),)),
        (
            "ban hành năm 2020.",
            "ban hành năm 2021.",
            (Piece(KEPT, "ban hành năm "), Piece(REMOVED, "2020"), Piece(ADDED, "2021"), Piece(KEPT, ".")),
        ),
    ],
)
def test_pieces(before: str, after: str, pieces: tuple[Piece, ...]) -> None:
    assert word_differences(before, after) == pieces


@pytest.mark.parametrize(("before", "after"), [("a b c", "c b a"), ("x  y", "x y"), ("(1) một, hai", "một; hai (2)")])
def test_both_sides_can_be_read_out(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not REMOVED) == after
