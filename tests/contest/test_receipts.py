"""Receipts, Điều 9: readable, checkable."""

from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.receipts import ALPHABET, is_wellformed, make

tokens = st.text(alphabet=ALPHABET, min_size=6, max_size=6)


def test_the_shape() -> None:
    receipt = make(contest_code="HP25", period_number=2, token="7KQFM8")
    assert receipt[:-2] == "HP25-W2-7KQFM8-"
    assert make(contest_code="HP25", period_number=None, token="7KQFM8").startswith("HP25-LT-7KQFM8-")


@given(token=tokens, week=st.integers(1, 9))
def test_every_receipt_made_is_wellformed(token: str, week: int) -> None:
    assert is_wellformed(make(contest_code="HP25", period_number=week, token=token))


@given(token=tokens, place=st.integers(0, 5), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(token: str, place: int, other: str) -> None:
    receipt = make(contest_code="HP25", period_number=1, token=token)
    at = len("HP25-W1-") + place
    wrong = receipt[:at] + other + receipt[at + 1 :]
    assert is_wellformed(wrong) == (wrong == receipt)


@given(token=tokens, place=st.integers(0, 4))
def test_two_swapped_characters_are_noticed(token: str, place: int) -> None:
    receipt = make(contest_code="HP25", period_number=1, token=token)
    swapped = token[:place] + token[place + 1] + token[place] + token[place + 2 :]
    wrong = receipt.replace(token, swapped)
    assert is_wellformed(wrong) == (wrong == receipt)
