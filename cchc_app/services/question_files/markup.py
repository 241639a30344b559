"""Formatted text of learning platforms as plain text: nothing but words, lines where paragraphs ended."""

import html
import re

import nh3
from markdown_it import MarkdownIt

MAX_LENGTH = 50_000  # markup and all; what is longer is refused for its length, and no library has to chew on it

HTML, MARKDOWN, PLAIN, AUTO = "html", "markdown", "plain", "auto"

_MEDIA = re.compile(
    r"<\s*(?:img|audio|video|object|embed|iframe|svg|math|canvas|source)\b|<[^<>]*@@PLUGINFILE@@", re.IGNORECASE
)
_MARKDOWN_IMAGE = re.compile(r"!\[[^\[\]]*\]\(")
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|s|em|strong|span|div|sub|sup|font|ul|ol|li|a|h[1-6]|code|pre|table|t[rdh])\b[^<>]*>", re.I
)
_LINE_END = re.compile(r"<\s*br\b[^<>]*>|</\s*(?:p|div|li|h[1-6]|tr|pre|blockquote)\s*>", re.IGNORECASE)
_CELL_END = re.compile(r"</\s*t[dh]\s*>", re.IGNORECASE)
_RAISED = re.compile(r"<(sup|sub)\b[^<>]*>([^<>]*)</\1\s*>", re.IGNORECASE)
_HIGH = str.maketrans(
    "0123456789+-=()n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207f",
)
_LOW = str.maketrans(
    "0123456789+-=()", "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e"
)
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def has_media(text: str, form: str) -> bool:
    """Whether a text in this form shows a picture, a sound or a file."""
    if form == MARKDOWN and _MARKDOWN_IMAGE.search(text):
        return True
    return form != PLAIN and bool(_MEDIA.search(text))


def plain(text: str, form: str) -> str:
    """`text` without its markup.

    Args:
        text: As the file has it.
    form: HTML, MARKDOWN, PLAIN, or AUTO: HTML if it has tags that are commonly used, plain otherwise.
    """
    if len(text) > MAX_LENGTH and len(" ".join(text.split())) > MAX_LENGTH:
        return text
    if form == MARKDOWN:
        return _from_html(_MARKDOWN.render(text))
    if form == HTML or (form == AUTO and _TAG.search(text)):
        return _from_html(text)
    return text


def _from_html(text: str) -> str:
    if "<" not in text:
        return " ".join(html.unescape(text).split())
    flowing = " ".join(text.split())
    lines = _CELL_END.sub(" ", _LINE_END.sub("\n", _RAISED.sub(_small, flowing)))
    words = nh3.clean(lines, tags=set(), clean_content_tags={"script", "style"})
    return "\n".join(" ".join(line.split()) for line in html.unescape(words).split("\n") if line.strip())


def _small(found: re.Match[str]) -> str:
    """Raised and lowered digits keep their place: ten to the sixth must not become a hundred and six."""
    small = found[2].translate(_HIGH if found[1].lower() == "sup" else _LOW)
    unchanged = any(char.isascii() and not char.isspace() for char in small)
    sign = "^" if found[1].lower() == "sup" else "_"
    return f"{sign}({found[2]})" if unchanged else small
