"""Our own drawings: the flamboyant flower, its branch, the wave, the icons. Decorative, hidden from screen readers."""

from math import cos, radians, sin

import reflex as rx

FLOWER_ID = "hoa-phuong"

ICONS = {
    "home": "M3.5 11 12 4l8.5 7v9H14v-6h-4v6H3.5z",
    "quiz": "M5.5 3.5h13v17h-13zM9 8.5h6M9 12.5h6M9 16.5h3",
    "slogan": "m4 20 1-4.5L16.5 4a2 2 0 0 1 3.5 3.5L8.5 19zM14.5 6l3.5 3.5",
    "standings": "M4.5 20v-7h4v7M10 20V5h4v15M15.5 20v-10h4v10M3 20h18",
    "right": "m5 12.5 4.5 4.5L19 7.5",
    "wrong": "m6.5 6.5 11 11m0-11-11 11",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M12 7.5V12l3 2",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13M15.5 15.5 20 20",
    "back": "M14.5 5.5 8 12l6.5 6.5",
    "next": "m9.5 5.5 6.5 6.5-6.5 6.5",
    "grid": "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
    "copy": "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
    "file": "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12.5h6M9 16.5h6",
    "play": "M8 5.5v13l10.5-6.5z",
    "flag": "M5.5 21V4M5.5 5c4-2.5 8 2.5 13 0v9c-5 2.5-9-2.5-13 0",
}


def icon(name: str, class_name: str = "ico") -> rx.Component:
    """A line icon of `ICONS`, as tall as its class says, in the colour of the text around it."""
    return rx.el.svg(rx.el.svg.path(d=ICONS[name]), view_box="0 0 24 24", class_name=class_name, aria_hidden="true")


def emblem(size: str = "2rem") -> rx.Component:
    """The flower alone. Every page draws it once, in the top bar; other drawings repeat it by reference."""
    return rx.el.svg(
        rx.el.svg.g(*_flower(), id=FLOWER_ID),
        view_box="-52 -53 104 104",
        width=size,
        height=size,
        aria_hidden="true",
    )


def branch() -> rx.Component:
    """A branch with three flowers hanging into the picture from its upper right corner."""
    return rx.el.svg(
        rx.el.svg.path(d=_STEMS, class_name="stem"),
        rx.el.svg.path(d=_LEAVES, class_name="leaf"),
        _placed(203, 36, 0.5, 20),
        _placed(163, 66, 0.38, -24),
        _placed(224, 92, 0.44, 64),
        rx.el.svg.circle(cx=128, cy=36, r=5, class_name="petal"),
        rx.el.svg.circle(cx=142, cy=20, r=4, class_name="petal"),
        rx.el.svg.circle(cx=190, cy=108, r="4.5", class_name="petal"),
        view_box="106 0 134 140",
        preserve_aspect_ratio="xMaxYMin meet",
        class_name="branch",
        aria_hidden="true",
    )


def waves() -> rx.Component:
    """Two quiet wave lines across the whole width."""
    return rx.el.svg(
        rx.el.svg.path(d=_wave(12, 5), class_name="wave"),
        rx.el.svg.path(d=_wave(22, 4), class_name="wave-soft"),
        view_box="0 0 640 32",
        preserve_aspect_ratio="xMidYMid slice",
        class_name="waves",
        aria_hidden="true",
    )


def _placed(x: float, y: float, scale: float, turn: float) -> rx.Component:
    return rx.el.svg.use(
        href=f"#{FLOWER_ID}", custom_attrs={"transform": f"translate({x} {y}) rotate({turn}) scale({scale})"}
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _turned(points: list[tuple[str, tuple[float, ...]]], angle: float) -> str:
    """An SVG path of commands with their coordinates, turned by `angle` degrees around the origin."""
    c, s = cos(radians(angle)), sin(radians(angle))
    parts = []
    for command, numbers in points:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        parts.append(command + " ".join(f"{_number(x * c - y * s)} {_number(x * s + y * c)}" for x, y in pairs))
    return "".join(parts) + "Z"


# A petal stands on a thin claw, opens like a spoon and ends in a frill.
_PETAL: list[tuple[str, tuple[float, ...]]] = [
    ("M", (0, -3)),
    ("C", (-4, -12, -6, -15, -14, -22)),
    ("C", (-27, -33, -22, -47, -13, -47)),
    ("C", (-9, -51, -5, -46, 0, -50)),
    ("C", (5, -46, 9, -51, 13, -47)),
    ("C", (22, -47, 27, -33, 14, -22)),
    ("C", (6, -15, 4, -12, 0, -3)),
]
_RED_ANGLES = (72, 144, 216, 288)
_STAMEN_ANGLES = (-150, -120, -85, -45, -15, 20, 50, 95, 130, 165)


def _flower() -> list[rx.Component]:
    specks = "".join(f"M{x} {y}h.1" for x, y in ((-6, -36), (5, -38), (0, -30), (-9, -42), (9, -32), (0, -43)))
    stamens = "".join(
        f"M0 0Q{_number(11 * cos(radians(a + 18)))} {_number(11 * sin(radians(a + 18)))}"
        f" {_number(24 * cos(radians(a)))} {_number(24 * sin(radians(a)))}"
        for a in _STAMEN_ANGLES
    )
    anthers = "".join(
        f"M{_number(24 * cos(radians(a)) - 2.4)} {_number(24 * sin(radians(a)))}"
        "a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0"
        for a in _STAMEN_ANGLES
    )
    return [
        rx.el.svg.path(d="".join(_turned(_PETAL, angle) for angle in _RED_ANGLES), class_name="petal"),
        rx.el.svg.path(d=_turned(_PETAL, 0), class_name="petal-pale"),
        rx.el.svg.path(d=specks, stroke="var(--color-petal)", stroke_width="3", stroke_linecap="round"),
        rx.el.svg.path(d=stamens, class_name="stamen"),
        rx.el.svg.path(d=anthers, class_name="anther"),
        rx.el.svg.circle(r=5, class_name="heart"),
    ]


def _frond(x: float, y: float, angle: float, pairs: int, size: float) -> tuple[str, str]:
    """A feathered leaf: its stem and its leaflets, smaller towards the tip."""
    c, s = cos(radians(angle)), sin(radians(angle))
    length = pairs * size * 0.62
    stem = f"M{_number(x)} {_number(y)}l{_number(length * c)} {_number(length * s)}"
    leaflets = []
    for index in range(pairs):
        along = (index + 0.8) * size * 0.58
        reach = size * (1.15 - 0.6 * index / pairs)
        for side in (-62, 62):
            lc, ls = cos(radians(angle + side)), sin(radians(angle + side))
            px, py = x + along * c, y + along * s
            ex, ey = reach * lc, reach * ls
            wx, wy = -ls * reach * 0.3, lc * reach * 0.3
            leaflets.append(
                f"M{_number(px)} {_number(py)}"
                f"q{_number(ex / 2 + wx)} {_number(ey / 2 + wy)} {_number(ex)} {_number(ey)}"
                f"q{_number(-ex / 2 - wx)} {_number(-ey / 2 - wy)} {_number(-ex)} {_number(-ey)}"
            )
    return stem, "".join(leaflets)


_FRONDS = [
    _frond(196, 26, 172, 11, 12),
    _frond(214, 50, 122, 10, 12),
    _frond(236, 66, 112, 9, 12),
    _frond(180, 14, 196, 7, 10),
    _frond(232, 20, 150, 8, 11),
]
_STEMS = "M242 0Q222 24 168 42M240 40Q224 60 188 104" + "".join(stem for stem, _ in _FRONDS)
_LEAVES = "".join(leaves for _, leaves in _FRONDS)


def _wave(y: int, height: int) -> str:
    return f"M0 {y}q20-{height} 40 0" + "t40 0" * 15
