"""The palette: legible in both schemes, and the stylesheet says what the tokens say."""

import pytest

from cchc_app.theme import MARK_PAIRS, STYLESHEET, TEXT_PAIRS, TOKENS, contrast, tokens_css

AA_TEXT = 4.5
AA_MARK = 3.0


def test_contrast_of_black_on_white_is_the_greatest() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS, ids=lambda name: name)
def test_text_is_legible(ink: str, ground: str, scheme: str) -> None:
    assert contrast(getattr(TOKENS[ink], scheme), getattr(TOKENS[ground], scheme)) >= AA_TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS, ids=lambda name: name)
def test_outlines_are_visible(mark: str, ground: str, scheme: str) -> None:
    assert contrast(getattr(TOKENS[mark], scheme), getattr(TOKENS[ground], scheme)) >= AA_MARK


def test_stylesheet_is_generated_from_the_tokens() -> None:
    assert STYLESHEET.read_text(encoding="utf-8") == tokens_css()
