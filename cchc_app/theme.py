"""Design tokens: a value per colour scheme. `python -m cchc_app.theme` writes them to `assets/tokens.css`."""

from dataclasses import dataclass
from pathlib import Path

STYLESHEET = Path(__file__).parent.parent / "assets" / "tokens.css"


@dataclass(frozen=True)
class Token:
    """A named colour.

    Args:
        light: Hex colour on a light page.
        dark: Hex colour on a dark page.
    """

    light: str
    dark: str


TOKENS: dict[str, Token] = {
    "brand": Token("#B3131B", "#FF6B6B"),
    "brand-strong": Token("#8C0D14", "#FF8A8A"),
    "brand-soft": Token("#FDECEC", "#3A1416"),
    "on-brand": Token("#FFFFFF", "#1C2026"),
    "gold": Token("#E8A800", "#F6C945"),
    "gold-soft": Token("#FFF5D6", "#2E2610"),
    "gold-ink": Token("#7A5500", "#F6C945"),
    "ink": Token("#1C2026", "#F2F3F5"),
    "ink-soft": Token("#525C69", "#AEB6C2"),
    "paper": Token("#FBF8F5", "#14161A"),
    "surface": Token("#FFFFFF", "#1D2026"),
    "line": Token("#E4DED8", "#333842"),
    # Borders of things one can operate: 3:1 against surface and paper (WCAG 1.4.11), which `line` need not be.
    "control": Token("#8B847C", "#747C89"),
    "right": Token("#0B7140", "#4ED08C"),
    "right-soft": Token("#E6F5EC", "#10291C"),
    "wrong": Token("#B3261E", "#FF8F86"),
    "wrong-soft": Token("#FCEBEA", "#3A1614"),
    "info": Token("#0B5CAD", "#7DB8FF"),
    "info-soft": Token("#E8F1FB", "#12263C"),
    # Drawings only, never text.
    "petal": Token("#D3202A", "#E4434B"),
    "petal-pale": Token("#F3B5A8", "#F3B5A8"),
    "stamen": Token("#8C0D14", "#FFC9B8"),
    "leaf": Token("#6FA883", "#4F8A66"),
    "stem": Token("#3F7F55", "#5E9A74"),
    "wave": Token("#9CC3DB", "#3F6F8F"),
    "wave-soft": Token("#C9DFEC", "#2B4A60"),
    "silver": Token("#C9CFD6", "#C9CFD6"),
    "bronze": Token("#DDA77B", "#DDA77B"),
    "on-medal": Token("#3A2A00", "#3A2A00"),
}

# Text on its ground, checked against WCAG 2.2 AA (4.5:1) in both schemes.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "brand", "right", "wrong", "info")
        for ground in ("paper", "surface")
    ),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("brand", "brand-soft"),
    ("ink", "brand-soft"),
    ("gold-ink", "gold-soft"),
    ("ink", "gold-soft"),
    ("ink-soft", "gold-soft"),
    ("right", "right-soft"),
    ("ink", "right-soft"),
    ("wrong", "wrong-soft"),
    ("ink", "wrong-soft"),
    ("info", "info-soft"),
    ("ink", "info-soft"),
    ("surface", "right"),
    ("surface", "wrong"),
    ("on-medal", "gold"),
    ("on-medal", "silver"),
    ("on-medal", "bronze"),
)

# Outlines and marks one must see to operate something (3:1, WCAG 1.4.11).
MARK_PAIRS: tuple[tuple[str, str], ...] = (
    ("control", "surface"),
    ("control", "paper"),
    ("info", "surface"),
    ("info", "paper"),
    ("brand", "surface"),
    ("right", "line"),
    ("brand", "line"),
)

HEX_PAIR = 2


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    channels = [int(digits[start : start + HEX_PAIR], 16) / 255 for start in range(0, len(digits), HEX_PAIR)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tokens_css() -> str:
    """The stylesheet that gives every token to Tailwind as a colour (`bg-brand`, `text-ink`, …) in both schemes."""
    light, dark = (
        "".join(f"--color-{name}:{getattr(token, scheme)};" for name, token in TOKENS.items())
        for scheme in ("light", "dark")
    )
    return (
        "/* Generated from cchc_app/theme.py. */\n"
        "@theme static{--color-*:initial;--color-transparent:transparent;--color-current:currentColor;"
        f"{light}}}\n"
        f".light{{color-scheme:light;{light}}}\n"
        f".dark{{color-scheme:dark;{dark}}}\n"
        # Before any script has run there is no class: the device's choice decides.
        f"@media (prefers-color-scheme:dark){{:root:not(.light){{color-scheme:dark;{dark}}}}}\n"
    )


if __name__ == "__main__":
    STYLESHEET.write_text(tokens_css(), encoding="utf-8")
