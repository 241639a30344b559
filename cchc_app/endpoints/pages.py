"""Serves the built front end: compressed files, long caching for names that carry a hash."""

from collections.abc import Callable, MutableMapping
from typing import Any

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cchc_app.settings import FRONTEND

YEAR = "public, max-age=31536000, immutable"
MONTH = "public, max-age=2592000"
REVALIDATE = "no-cache"
# Nothing of other origins, nobody's frame, no address told to other sites.
SECURITY_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}


def front_end(router: Callable[[str], str | None]) -> ASGIApp:
    """The exported pages; `router` tells which paths without a file of their own are pages all the same."""
    files = PrecompressedStaticFiles(
        directory=FRONTEND, html=True, encodings=["brotli", "gzip"], router=router, check_dir=False
    )
    # `/the-le` is the file the-le.html: answered at once instead of by a redirect to a folder.
    pages = {f"/{page.relative_to(FRONTEND).with_suffix('')}" for page in FRONTEND.rglob("*.html")}

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].rstrip("/")
        if path in pages:
            scope = {**scope, "path": f"{path}.html"}
        await files(scope, receive, send)

    return serve


class Headers:
    """Adds caching and security headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, _defaults(scope["path"]))
            await send(message)

        await self.app(scope, receive, with_headers)


def _defaults(path: str) -> dict[bytes, bytes]:
    return {b"cache-control": _caching(path).encode(), **SECURITY_HEADERS}


def _caching(path: str) -> str:
    if path.startswith("/assets/"):
        return YEAR
    return MONTH if path.startswith("/fonts/") else REVALIDATE


def _add(message: MutableMapping[str, Any], headers: dict[bytes, bytes]) -> None:
    present = {name.lower() for name, _ in message["headers"]}
    missing = [(name, value) for name, value in headers.items() if name not in present]
    message["headers"] = [*message["headers"], *missing]
