"""The contest's side of a round trip in tests: its routes over HTTP, configured for one provider."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import func
from sqlmodel import select

from cchc_app import routes
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuthSession
from cchc_app.endpoints.vneid import router
from cchc_app.services.vneid.peer import get_peer
from cchc_app.settings import get_settings
from tests.identity_provider import CLIENT, SECRET, IdentityProvider

ORIGIN = "http://localhost:8000"


def configure(monkeypatch: pytest.MonkeyPatch, provider: IdentityProvider, profile: str = "oidc", **more: Any) -> None:
    """Point the app at a provider; further settings by name without `CCHC_VNEID_`."""
    values = {
        "profile": profile,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "issuer": provider.issuer,
        "timeout_seconds": "5",
    }
    if profile != "oidc":
        values |= {f"{name}_url": f"{provider.issuer}/{name}" for name in ("authorize", "token", "userinfo")}
    for name, value in {**values, **more}.items():
        monkeypatch.setenv(f"CCHC_VNEID_{name.upper()}", str(value))
    get_settings.cache_clear()
    get_peer.cache_clear()


class Browser:
    """One browser at the door."""

    def __init__(self) -> None:
        app = FastAPI()
        app.include_router(router)
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=ORIGIN)

    async def start(self, path: str = routes.VNEID_START) -> str:
        """Press the button; where one is sent."""
        return (await self.http.get(path)).headers["location"]

    async def back(self, url: str) -> str:
        """Come back from the provider; where one is sent."""
        return (await self.http.get(url)).headers["location"]

    async def round_trip(
        self, provider: IdentityProvider, change: Callable[[str], str] = lambda url: url, path: str = routes.VNEID_START
    ) -> str:
        """There and back; `change` is what happens to the address on its way back."""
        return await self.back(change(provider.authorize(await self.start(path))))

    @property
    def session(self) -> str:
        """The session cookie; empty without one."""
        return self.http.cookies.get("cchc") or ""


def sessions(db: Database) -> int:
    """How many sessions there are."""
    with db.read() as session:
        return session.exec(select(func.count()).select_from(AuthSession)).one()
