"""The share image of a winning slogan: 1200 × 630 pixels, the size link previews ask for."""

import io
from functools import lru_cache
from itertools import pairwise
from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cchc_app.services.slogan_gallery import WinningSlogan
from cchc_app.settings import FRONTEND
from cchc_app.texts.slogan_results import card_text
from cchc_app.theme import TOKENS

WIDTH, HEIGHT = 1200, 630
FONTS = FRONTEND / "fonts"
# Drawn larger, then made smaller: edges come out smooth.
SCALE = 2
EDGE = 80
SIZES = (64, 58, 52, 46, 40, 36)  # of the slogan's letters, the largest that fits
MOST_LINES_HEIGHT = 300
KEPT = 64
LIGHT = {name: token.light for name, token in TOKENS.items()}
Point = tuple[float, float]
# The petal of the site's emblem: where it begins, then cubic curves by their two controls and their end.
PETAL: tuple[tuple[Point, ...], ...] = (
    ((0, -3),),
    ((-4, -12), (-6, -15), (-14, -22)),
    ((-27, -33), (-22, -47), (-13, -47)),
    ((-9, -51), (-5, -46), (0, -50)),
    ((5, -46), (9, -51), (13, -47)),
    ((22, -47), (27, -33), (14, -22)),
    ((6, -15), (4, -12), (0, -3)),
)
CURVE_STEPS = 12


@lru_cache(maxsize=KEPT)
def share_card(slogan: WinningSlogan, *, fonts: Path = FONTS) -> bytes:
    """The image as PNG; the same for the same publication.

    Args:
        slogan: What it says.
        fonts: Where `cchc_app.fonts` wrote the plain fonts.
    """
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), LIGHT["paper"])
    draw = ImageDraw.Draw(image)
    _decorate(draw)
    _text(draw, (EDGE, 70), slogan.prize, fonts, weight=700, size=34, colour=LIGHT["brand"])
    size, lines = _fitting(draw, card_text(slogan.text), fonts)
    top = 165 + (MOST_LINES_HEIGHT - len(lines) * size * 1.4) / 2
    for number, line in enumerate(lines):
        place = (EDGE, top + number * size * 1.4)
        _text(draw, place, line, fonts, weight=700, size=size, colour=LIGHT["ink"])
    unit = _wrapped(draw, slogan.unit, _font(fonts, 400, 32), WIDTH - 2 * EDGE)[:1]
    _text(draw, (EDGE, 480), "".join(unit), fonts, weight=400, size=32, colour=LIGHT["ink"])
    _text(draw, (EDGE, 545), slogan.contest, fonts, weight=400, size=26, colour=LIGHT["ink-soft"])
    file = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitting(draw: ImageDraw.ImageDraw, text: str, fonts: Path) -> tuple[int, list[str]]:
    """The largest letters with which the slogan fits, and its lines."""
    lines: list[str] = []
    for size in SIZES:
        lines = _wrapped(draw, text, _font(fonts, 700, size), WIDTH - 2 * EDGE)
        if len(lines) * size * 1.4 <= MOST_LINES_HEIGHT:
            return size, lines
    return SIZES[-1], lines


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than the column; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width * SCALE:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    fonts: Path,
    *,
    weight: int,
    size: int,
    colour: str,
) -> None:
    draw.text((place[0] * SCALE, place[1] * SCALE), text, font=_font(fonts, weight, size), fill=colour)


@lru_cache(maxsize=KEPT)
def _font(fonts: Path, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts / f"bvp-{weight}.ttf", size * SCALE)


def _decorate(draw: ImageDraw.ImageDraw) -> None:
    """An edge in the brand's colour, a flower in the corner, a wave at the foot."""
    draw.rectangle((0, 0, 24 * SCALE, HEIGHT * SCALE), fill=LIGHT["brand"])
    for height, shift, colour in ((10, 0, LIGHT["wave"]), (8, 18, LIGHT["wave-soft"])):
        wave = [
            ((24 + x) * SCALE, (HEIGHT - 26 + shift / 2 + height * sin(x / 48 + shift)) * SCALE)
            for x in range(0, WIDTH, 4)
        ]
        draw.line(wave, fill=colour, width=4 * SCALE, joint="curve")
    _flower(draw, 1098, 84, 1.25)


def _flower(draw: ImageDraw.ImageDraw, x: int, y: int, scale: float) -> None:
    for turn in range(0, 360, 72):
        draw.polygon(_petal(x, y, scale, turn), fill=LIGHT["petal" if turn else "petal-pale"])
    for turn in range(-150, 180, 33):
        end = (x + 24 * scale * cos(radians(turn)), y + 24 * scale * sin(radians(turn)))
        draw.line((x * SCALE, y * SCALE, end[0] * SCALE, end[1] * SCALE), fill=LIGHT["stamen"], width=3 * SCALE)
        _dot(draw, *end, 4, LIGHT["gold"])
    _dot(draw, x, y, 7, LIGHT["stamen"])


def _petal(x: float, y: float, scale: float, turn: float) -> list[tuple[float, float]]:
    c, s = cos(radians(turn)) * scale * SCALE, sin(radians(turn)) * scale * SCALE
    outline = [
        _on_curve(start, *rest, share=step / CURVE_STEPS)
        for (*_, start), rest in pairwise(PETAL)
        for step in range(CURVE_STEPS)
    ]
    return [(x * SCALE + px * c - py * s, y * SCALE + px * s + py * c) for px, py in outline]


def _on_curve(a: Point, b: Point, c: Point, d: Point, *, share: float) -> Point:
    """A point of a cubic Bézier curve."""
    left = 1 - share
    parts = (left**3, 3 * left**2 * share, 3 * left * share**2, share**3)
    return (
        sum(part * point[0] for part, point in zip(parts, (a, b, c, d), strict=True)),
        sum(part * point[1] for part, point in zip(parts, (a, b, c, d), strict=True)),
    )


def _dot(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    box = ((x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE)
    draw.ellipse(box, fill=colour)
