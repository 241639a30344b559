"""Sound questions of every shape, for properties."""

from datetime import date

from hypothesis import strategies as st

from cchc_app.contest.characters import canonical
from cchc_app.services.question_files import ParsedQuestion
from cchc_app.services.question_files.duplicates import option_key
from cchc_app.texts.question_files import LEGAL_BASIS

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
SIGNS = "\\:~=#{}%[]<>&;\"'/-_*`!$@^|()+,.?“”–…₫²0123456789"
PIECES = (
    *("<b>", "</p>", "&amp;", "&lt;", "&#10;", "->", "%50%", "####", "::", "//", "\\n", "\\", "[html]", "[plain]"),
    *("$CATEGORY: x", "$course$/top", "_x0041_", "=1+1", "+1", "@x", "{}", "T", "1.", "A.", "ANSWER: A", "]]>"),
    *("http://a.vn", "mailto:a@b.vn", "top", "/", "//x", "00123", "<!--", "<img src=x>", "![](x)", LEGAL_BASIS),
)


def texts(longest: int, *, empty: bool = False) -> st.SearchStrategy[str]:
    """Tidy texts with every sign some format gives a meaning to."""
    piece = st.text(LETTERS + LETTERS.upper() + SIGNS + " ", max_size=12) | st.sampled_from(PIECES)
    whole = st.lists(piece, max_size=6).map(lambda parts: canonical(" ".join(parts))[:longest].strip())
    return whole if empty else whole.filter(bool)


codes = st.text("ABCXYZĐ0123456789._-", max_size=12)
days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def questions(draw: st.DrawFn) -> ParsedQuestion:
    """One sound question."""
    options = draw(st.lists(texts(60), min_size=2, max_size=6, unique_by=option_key))
    places = st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=len(options) - 1)
    first, last = draw(days), draw(days)
    if first and last and last < first:
        first, last = last, first
    return ParsedQuestion(
        row=0,
        code=draw(codes),
        pool=draw(st.sampled_from(["", "main", "practice"])),
        topic=draw(texts(40, empty=True)),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        stem=draw(texts(200)),
        options=tuple(options),
        key=tuple(sorted(draw(places))),
        explanation=draw(texts(200, empty=True)),
        legal_basis=draw(texts(100, empty=True)),
        valid_from=first,
        valid_until=last,
    )


def banks(largest: int = 5) -> st.SearchStrategy[list[ParsedQuestion]]:
    """Some questions whose codes differ."""
    return st.lists(
        questions(), min_size=1, max_size=largest, unique_by=lambda question: question.code.casefold() or id(question)
    )
