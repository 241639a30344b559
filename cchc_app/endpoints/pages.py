"""Serves the built front end: compressed files, each page under a Content-Security-Policy of its own."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cchc_app.endpoints.perimeter import add_headers
from cchc_app.settings import FRONTEND, Settings

# What answers paths that are no file: pages with a part that varies, and addresses that are none.
FALLBACKS = ("404.html", "__spa-fallback.html")
INLINE = re.compile(r"<(script|style)\b(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.DOTALL)


def front_end(router: Callable[[str], str | None], settings: Settings, *, folder: Path = FRONTEND) -> ASGIApp:
    """The exported pages.

    Args:
        router: Tells which paths without a file of their own are pages all the same.
        settings: Whether the event socket is reached over https.
        folder: Where they lie.
    """
    files = PrecompressedStaticFiles(
        directory=folder, html=True, encodings=["brotli", "gzip"], router=router, check_dir=False
    )
    # `/the-le` is the file the-le.html: answered at once instead of by a redirect to a folder.
    pages = {f"/{page.relative_to(folder).with_suffix('')}": content_policy(page) for page in folder.rglob("*.html")}
    pages |= {"/": pages.get("/index", "")}
    other = content_policy(*(folder / name for name in FALLBACKS))
    socket = "wss" if settings.is_https else "ws"

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].rstrip("/") or "/"
        # Older browsers do not count the socket of the same host as 'self'.
        origin = f"{socket}://{Headers(scope=scope).get('host', '')}"
        policy = f"{pages.get(path, other)}; connect-src 'self' {origin}"

        async def with_policy(event: Message) -> None:
            if event["type"] == "http.response.start" and _is_page(event):
                add_headers(event, {"content-security-policy": policy})
            await send(event)

        if path in pages and path != "/":
            scope = {**scope, "path": f"{path}.html"}
        await files(scope, receive, with_policy)

    return serve


def content_policy(*pages: Path) -> str:
    """What pages may load and run: files of this site, and the inline scripts and styles they were built with."""
    # An empty style element is what rules are put into by script, which no policy forbids.
    found = {"script": {}, "style": {_source(""): None}}
    for page in pages:
        for kind, body in INLINE.findall(page.read_text("utf-8")) if page.is_file() else ():
            found[kind][_source(body)] = None
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *found["script"])),
            " ".join(("style-src 'self'", *found["style"])),
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _source(body: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"


def _is_page(event: Message) -> bool:
    # An answer "not modified" says no type; the browser applies its headers to the page it kept.
    types = [value for name, value in event["headers"] if name.lower() == b"content-type"]
    return event["status"] == 304 or any(value.startswith(b"text/html") for value in types)
