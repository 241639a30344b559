"""Figures of the process are for this machine and for who shows the token."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.endpoints import health
from cchc_app.settings import get_settings

TOKEN = "t" * 43
OPEN, SHUT = 200, 403


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """The status of /metrics asked for from an address, with headers, while a token is set or none."""
    api = FastAPI()
    api.include_router(health.router)

    async def ask(address: str, *, token: str = "", **headers: str) -> int:
        monkeypatch.setenv("CCHC_METRICS_TOKEN", token)
        get_settings.cache_clear()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        transport = httpx.ASGITransport(app=api, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as http:
            return (await http.get(routes.METRICS, headers=sent)).status_code

    yield ask
    get_settings.cache_clear()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
async def test_this_machine_reads(answer, address: str) -> None:
    assert await answer(address) == OPEN


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "via"])
async def test_what_a_proxy_of_this_machine_passes_on_is_not_from_here(answer, header: str) -> None:
    assert await answer("127.0.0.1", **{header: "127.0.0.1"}) == SHUT


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "", "unknown"])
async def test_others_do_not(answer, address: str) -> None:
    assert await answer(address) == SHUT
    assert await answer(address, authorization="Bearer ") == SHUT


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (f"Bearer {TOKEN}", OPEN),
        (f"Bearer {TOKEN}x", SHUT),
        (TOKEN, SHUT),
        (f"Basic {TOKEN}", SHUT),
        ("Bearer ", SHUT),
        ("", SHUT),
    ],
)
async def test_the_token_opens_from_elsewhere(answer, shown: str, status: int) -> None:
    assert await answer("192.0.2.1", token=TOKEN, authorization=shown) == status
