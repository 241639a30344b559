"""What every request passes first: whose it is, whom it is for, how large it may be, what is added."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from cchc_app.endpoints.pages import content_policy, front_end
from cchc_app.endpoints.perimeter import Perimeter
from cchc_app.endpoints.site import site
from cchc_app.settings import MAX_MESSAGE, Settings

PUBLIC = "https://hoithi.example.vn"
PROXIED = Settings(trusted_proxies="10.0.0.0/8, 2001:db8::/32")


def echo() -> FastAPI:
    app = FastAPI()

    @app.get("/whoami")
    async def whoami(request: Request) -> str:
        return request.client.host if request.client else ""

    @app.post("/count")
    async def count(request: Request) -> int:
        return len(await request.body())

    @app.get("/readyz")
    async def ready() -> str:
        return "ready"

    return app


def browser(settings: Settings, *, peer: str = "192.0.2.1", host: str = "http://localhost:8000") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Perimeter(echo(), settings), client=(peer, 1234))
    return httpx.AsyncClient(transport=transport, base_url=host)


async def asked(settings: Settings, peer: str, forwarded: list[str]) -> str:
    async with browser(settings, peer=peer) as client:
        return (await client.get("/whoami", headers=[("x-forwarded-for", one) for one in forwarded])).json()


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        ("192.0.2.1", ["203.0.113.9"], "192.0.2.1"),  # nobody's proxy: what it says of itself counts for nothing
        ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["1.1.1.1, 203.0.113.9"], "203.0.113.9"),  # the left one was forged by the sender
        ("10.0.0.1", ["1.1.1.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),  # two proxies
        ("10.0.0.1", ["1.1.1.1", "203.0.113.9"], "203.0.113.9"),  # two headers are one list
        ("10.0.0.1", ["10.9.9.9"], "10.9.9.9"),  # from inside
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["garbage"], "garbage"),  # no address: counted with all others that have none
        ("2001:db8::1", ["2001:4860::8"], "2001:4860::8"),
    ],
)
async def test_whose_request_it_is(peer: str, forwarded: list[str], sender: str) -> None:
    assert await asked(PROXIED, peer, forwarded) == sender


async def test_without_proxies_nothing_forwarded_is_believed() -> None:
    assert await asked(Settings(), "127.0.0.1", ["203.0.113.9"]) == "127.0.0.1"


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        (Settings(), "http://localhost:8000", 200),
        (Settings(), "http://127.0.0.1:9", 200),
        (Settings(), "http://[::1]:8000", 200),
        (Settings(), "http://evil.example", 400),
        (Settings(public_url="http://192.168.1.10:8000"), "http://192.168.1.10:8000", 200),
        (Settings(env="production", public_url=PUBLIC), PUBLIC, 200),
        (Settings(env="production", public_url=PUBLIC), "https://HOITHI.example.vn", 200),
        (Settings(env="production", public_url=PUBLIC), "http://localhost:8000", 400),
        (Settings(env="production", public_url=PUBLIC), "https://hoithi.example.vn.evil.example", 400),
        (Settings(env="production", public_url=PUBLIC, allowed_hosts="thi.example.vn"), "https://thi.example.vn", 200),
    ],
)
async def test_whom_it_is_for(settings: Settings, host: str, status: int) -> None:
    async with browser(settings, host=host) as client:
        assert (await client.get("/whoami")).status_code == status
        assert (await client.get("/readyz")).status_code == 200  # watchers ask by address


async def test_a_request_without_a_host_is_refused() -> None:
    async with browser(Settings()) as client:
        assert (await client.get("/whoami", headers={"host": ""})).status_code == 400


async def test_bodies_have_a_limit_whether_they_tell_their_length_or_not() -> None:
    async def chunks(size: int):
        for _ in range(size // 1024):
            yield b"x" * 1024

    async with browser(Settings()) as client:
        assert (await client.post("/count", content=b"x" * MAX_MESSAGE)).json() == MAX_MESSAGE
        assert (await client.post("/count", content=b"x" * (MAX_MESSAGE + 1))).status_code == 413
        assert (await client.post("/count", content=chunks(MAX_MESSAGE))).json() == MAX_MESSAGE
        assert (await client.post("/count", content=chunks(MAX_MESSAGE + 1024))).status_code == 413


async def socket(settings: Settings, host: str, *texts: str) -> tuple[list[str], list[dict[str, Any]]]:
    """What reaches the app of a socket's messages, and what the socket is told."""
    reached, told = [], []
    events = iter([{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": text} for text in texts)])

    async def app(scope, receive, send) -> None:
        while (event := await receive())["type"] != "websocket.disconnect":
            reached.append(event.get("text", ""))

    async def receive() -> dict[str, Any]:
        return next(events, {"type": "websocket.disconnect", "code": 1000})

    async def send(event: dict[str, Any]) -> None:
        told.append(event)

    scope = {"type": "websocket", "path": "/_event", "headers": [(b"host", host.encode())], "client": ("192.0.2.1", 1)}
    await Perimeter(app, settings)(scope, receive, send)
    return reached, told


async def test_messages_of_a_socket_have_a_limit() -> None:
    largest = "x" * MAX_MESSAGE
    assert await socket(Settings(), "localhost", largest) == (["", largest], [])
    assert await socket(Settings(), "localhost", f"{largest}x", "more") == (
        [""],
        [{"type": "websocket.close", "code": 1009}],
    )


async def test_a_socket_for_another_host_is_closed() -> None:
    assert await socket(Settings(), "evil.example", "a") == ([], [{"type": "websocket.close", "code": 1008}])


async def test_headers_of_every_answer() -> None:
    async with browser(Settings()) as client:
        for path in ("/whoami", "/nothing-here"):
            headers = (await client.get(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
            assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-cache")
            assert "strict-transport-security" not in headers
    async with browser(Settings(public_url=PUBLIC), host=PUBLIC) as client:
        assert (await client.get("/whoami")).headers["strict-transport-security"] == "max-age=31536000"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Two pages as the build leaves them, and the fallback."""
    script = "<script>alert(1)</script>"
    (tmp_path / "index.html").write_text(f'{script}<script src="/app.js"></script><style data-x="y">a{{}}</style>')
    (tmp_path / "the-le.html").write_text('<script type="module">import "x"\nrun()</script>')
    (tmp_path / "404.html").write_text("<script>nobody()</script>")
    (tmp_path / "app.js").write_text("run()")
    return tmp_path


ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"  # of `alert(1)`, as the CSP specification has it


async def pages(folder: Path, settings: Settings) -> Callable[[str], Any]:
    transport = httpx.ASGITransport(front_end(lambda path: None, settings, folder=folder))

    async def get(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return await client.get(path)

    return get


async def test_every_page_runs_its_own_inline_scripts_and_no_others(built: Path) -> None:
    get = await pages(built, Settings())
    home = (await get("/")).headers["content-security-policy"]
    directives = {name: rest for name, _, rest in (part.strip().partition(" ") for part in home.split(";"))}
    assert directives["default-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert directives["script-src"] == f"'self' {ALERT}"
    assert (directives["style-src"].count("sha256-"), "unsafe" in home) == (2, False)  # with the empty one
    assert directives["connect-src"] == "'self' ws://localhost:8000"
    rules = (await get("/the-le")).headers["content-security-policy"]
    assert ALERT not in rules
    assert rules.count("sha256-") == 2
    nowhere = (await get("/nowhere")).headers["content-security-policy"]
    assert nowhere.startswith(content_policy(built / "404.html"))
    assert (await get("/app.js")).headers.get("content-security-policy") is None  # the perimeter's own, strictest


async def test_over_https_the_socket_is_secure_too(built: Path) -> None:
    get = await pages(built, Settings(public_url=PUBLIC))
    assert "connect-src 'self' wss://" in (await get("/")).headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/_upload", "/_upload/x", "/ping", "/_health", "/_all_routes", "/auth-codespace", "/_event2", "/docs", "/admin"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_framework_s_own_routes_lead_nowhere(path: str, method: str, built: Path) -> None:
    async def events(scope, receive, send) -> None:
        raise AssertionError("the framework was reached")

    transport = httpx.ASGITransport(site(events, page_router=lambda path: None, folder=built))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        assert (await client.request(method, path)).status_code in (404, 405)
