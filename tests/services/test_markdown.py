"""Markdown of organisers: what people need comes through, nothing that runs does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.services.markdown import ATTRIBUTES, TAGS, to_html, to_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Đậm** và *nghiêng*", "<p><strong>Đậm</strong> và <em>nghiêng</em></p>"),
        ("- một\n- hai", "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>"),
        ("# Lớn", "<h2>Lớn</h2>"),
        ("hàng\nhai", "<p>hàng<br>\nhai</p>"),
        ("[chữ](https://a.vn)", '<p><a href="https://a.vn" rel="noopener">chữ</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("![x](https://a.vn/x.png)", "<p></p>"),
    ],
)
def test_what_comes_through(text: str, html: str) -> None:
    assert to_html(text).strip() == html


@given(st.text(alphabet="<>/\"'=()[]!#*_-`\\ \nabonscriptmgxhrefjavascript:&;", max_size=200))
def test_nothing_ever_runs(text: str) -> None:
    html = to_html(text)
    for piece in html.split("<")[1:]:
        name = piece.lstrip("/").split(">")[0].split(" ")[0]
        assert name in TAGS
        assert " on" not in piece.split(">")[0]
    assert 'href="javascript' not in html.lower()
    assert set(ATTRIBUTES) == {"a"}


def test_the_beginning_as_plain_text() -> None:
    assert to_text("**Đậm** & <b>\n\n- một", longest=100) == "Đậm & <b> một"
    assert to_text("một hai ba bốn", longest=10) == "một hai…"
