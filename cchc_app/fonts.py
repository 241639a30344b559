"""Cuts the web fonts at build time: Be Vietnam Pro (OFL) from its npm package, only the glyphs Vietnamese pages use.

Run as `python -m cchc_app.fonts <package directory> <target directory>`.
"""

import io
import shutil
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WEIGHTS = (400, 600, 700)
DIGIT_WEIGHTS = (400, 600)
DIGITS = frozenset(range(0x30, 0x3A))
# ASCII, the Latin-1 vowels Vietnamese shares with other languages, and the punctuation our texts use.
_SPANS = (
    (0x20, 0x7E),
    *((base, base + 3) for base in (0xC0, 0xE0)),
    *((base, base + 2) for base in (0xC8, 0xE8)),
    *((base, base + 1) for base in (0xCC, 0xEC)),
    *((base, base + 3) for base in (0xD2, 0xF2)),
    *((base, base + 1) for base in (0xD9, 0xF9)),
)
_SIGNS = (0xA0, 0xAB, 0xB0, 0xB7, 0xBB, 0xD7, 0xDD, 0xFD)
_DASHES_AND_QUOTES = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2212)
LATIN = frozenset(_SIGNS + _DASHES_AND_QUOTES).union(*(range(first, last + 1) for first, last in _SPANS))
# Weights that images are drawn with on the server, which takes one plain file for all of Vietnamese.
DRAWN_WEIGHTS = (400, 700)
LAYOUT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]


def build_fonts(package: Path, target: Path) -> None:
    """Write the woff2 files that `assets/site.css` names, plain ones to draw with, and the licence beside them.

    Args:
        package: The installed npm package @fontsource/be-vietnam-pro.
        target: Directory served as `/fonts/`; created when missing.
    """
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        _write(_source(package, "latin", weight), LATIN, target / f"bvp-latin-{weight}.woff2")
        _write(_source(package, "vietnamese", weight), None, target / f"bvp-vietnamese-{weight}.woff2")
    for weight in DIGIT_WEIGHTS:
        font = _source(package, "latin", weight)
        _even_digits(font)
        _write(font, DIGITS, target / f"bvp-digits-{weight}.woff2")
    for weight in DRAWN_WEIGHTS:
        _write_plain(package, weight, target / f"bvp-{weight}.ttf")
    shutil.copyfile(package / "LICENSE", target / "OFL.txt")


def _source(package: Path, script: str, weight: int) -> TTFont:
    return TTFont(package / "files" / f"be-vietnam-pro-{script}-{weight}-normal.woff2")


def _even_digits(font: TTFont) -> None:
    """Give every digit the width of the widest zero to nine, centred: timers must not shiver."""
    glyphs = font.getBestCmap() or {}
    names = [glyphs[digit] for digit in sorted(DIGITS)]
    widths, outlines = font["hmtx"], font["glyf"]
    width = max(widths[name][0] for name in names)
    for name in names:
        advance, bearing = widths[name]
        shift = (width - advance) // 2
        outlines[name].coordinates.translate((shift, 0))
        outlines[name].recalcBounds(outlines)
        widths[name] = (width, bearing + shift)


def _write(font: TTFont, kept: frozenset[int] | None, path: Path) -> None:
    """Keep the code points `kept` (all of them when None); phones draw without hints, so hints go."""
    options = Options(hinting=False, layout_features=[] if kept == DIGITS else LAYOUT_FEATURES)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=(font.getBestCmap() or {}).keys() if kept is None else kept)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(path)


def _write_plain(package: Path, weight: int, path: Path) -> None:
    """Both scripts in one file without compression. Composed letters need no layout tables."""
    parts = []
    for script in ("latin", "vietnamese"):
        font, part = _source(package, script, weight), io.BytesIO()
        font.flavor = None
        font.save(part)
        part.seek(0)
        parts.append(part)
    Merger(MergeOptions(drop_tables=["GSUB", "GPOS", "GDEF", "DSIG"])).merge(parts).save(path)


if __name__ == "__main__":
    build_fonts(Path(sys.argv[1]), Path(sys.argv[2]))
