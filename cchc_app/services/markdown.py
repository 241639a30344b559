"""What organisers write in Markdown, as HTML safe on every page: none of their own HTML, and cleaned all the same."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "hr", "strong", "em", "s", "ul", "ol", "li", "a", "blockquote", "h2", "h3", "h4", "code"} | {
    *("table", "thead", "tbody", "tr", "th", "td")
}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto", "tel"}
KEPT = 500  # texts


@lru_cache(maxsize=KEPT)
def to_html(text: str) -> str:
    """A text in Markdown as HTML. Its largest headings are made smaller: the page has its own."""
    # A parser of its own, because one is not shared between threads.
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, int(token.tag[1]) + 1)}"
    rendered = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener", strip_comments=True
    )


def to_text(text: str, *, longest: int) -> str:
    """The beginning of a text in Markdown as one plain line."""
    bare = " ".join(nh3.clean(to_html(text), tags=set()).split())
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"), ("&nbsp;", " ")):
        bare = bare.replace(entity, char)
    return bare if len(bare) <= longest else bare[: longest - 1].rsplit(" ", 1)[0] + "…"
