"""What every request passes before anything else: who it is from, whom it is for, how large it may be; what is added.

The only place that reads X-Forwarded-For. Everything behind it sees the sender's address as the connection's own.
"""

from collections.abc import MutableMapping
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.settings import MAX_MESSAGE, MAX_UPLOAD, Settings
from cchc_app.texts import message

MESSAGE_TOO_BIG = 1009
POLICY_VIOLATION = 1008
# Watchers of the service ask by address, and are told nothing but that it is there.
ANY_HOST = (routes.ALIVE, routes.READY)
YEAR = "public, max-age=31536000, immutable"
MONTH = "public, max-age=2592000"
REVALIDATE = "no-cache"
STRICT_TRANSPORT = "max-age=31536000"
# Nothing of other origins, nobody's frame, no address told to other sites. Pages bring a wider policy of their own.
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Perimeter:
    """Around the whole site.

    Args:
        app: The site.
        settings: Host names, proxies, and whether the site is reached over https.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.host_names
        self._proxies = settings.proxy_networks
        self._added = SECURITY_HEADERS | ({"strict-transport-security": STRICT_TRANSPORT} if settings.is_https else {})
        # The one page other sites may frame: which ones is in its own policy.
        self._embedded = {name: value for name, value in self._added.items() if name != "x-frame-options"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope = {**scope, "client": (self._sender(scope, headers), 0)}
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, headers)
        else:
            await self._request(scope, receive, self._with_headers(scope["path"], send), headers)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        if host_name(headers) not in self._hosts:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return

        async def bounded() -> Message:
            event = await receive()
            if len(event.get("text") or event.get("bytes") or "") <= MAX_MESSAGE:
                return event
            await send({"type": "websocket.close", "code": MESSAGE_TOO_BIG})
            return {"type": "websocket.disconnect", "code": MESSAGE_TOO_BIG}

        await self._app(scope, bounded, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        if scope["path"] not in ANY_HOST and host_name(headers) not in self._hosts:
            await _refuse(400)(scope, receive, send)
            return
        is_upload = scope["path"].startswith(routes.UPLOAD_PREFIX)
        most = MAX_UPLOAD if is_upload else MAX_MESSAGE
        if _declared_length(headers) > most:
            code = ErrorCode.FILE_TOO_LARGE if is_upload else ErrorCode.BAD_REQUEST
            await _refuse(413, code)(scope, receive, send)
            return
        read = 0

        async def bounded() -> Message:
            nonlocal read
            event = await receive()
            read += len(event.get("body") or b"")
            if read > most:
                raise HTTPException(413)
            return event

        await self._app(scope, bounded, send)

    def _sender(self, scope: Scope, headers: Headers) -> str:
        """The nearest address that is not one of our proxies; forged entries stand further left and are never read."""
        address = (scope.get("client") or ("", 0))[0]
        forwarded = [part.strip() for value in headers.getlist("x-forwarded-for") for part in value.split(",")]
        while forwarded and self._is_proxy(address):
            address = forwarded.pop()
        return address

    def _is_proxy(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._proxies)

    def _with_headers(self, path: str, send: Send) -> Send:
        async def with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                added = self._embedded if path == routes.EMBEDDED_BOARD else self._added
                add_headers(event, {"cache-control": _caching(path), **added})
            await send(event)

        return with_headers


def host_name(headers: Headers) -> str:
    """The name in the Host header, without its port; empty when there is none."""
    host = headers.get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def add_headers(event: MutableMapping[str, Any], headers: dict[str, str]) -> None:
    """Give the start of an answer the headers it has not set itself."""
    present = {name.lower() for name, _ in event["headers"]}
    missing = [(name.encode(), value.encode()) for name, value in headers.items() if name.encode() not in present]
    event["headers"] = [*event["headers"], *missing]


def _declared_length(headers: Headers) -> int:
    declared = headers.get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _caching(path: str) -> str:
    if path.startswith("/assets/"):
        return YEAR
    return MONTH if path.startswith("/fonts/") else REVALIDATE


def _refuse(status: int, code: ErrorCode = ErrorCode.BAD_REQUEST) -> PlainTextResponse:
    return PlainTextResponse(message(code), status, headers={"cache-control": "no-store"})
