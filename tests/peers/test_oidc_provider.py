"""Profile `oidc` against an OpenID provider that is not ours: npm's oidc-provider, at the version of its lock file."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from sqlmodel import select

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import VneidArrival
from cchc_app.services.vneid.identity import Identity
from cchc_app.services.vneid.peer import get_peer
from cchc_app.settings import get_settings
from tests.endpoints.vneid_door import ORIGIN, Browser, sessions
from tests.factories import make_contest
from tests.identity_provider import CLIENT
from tests.live_site import free_port

HERE = Path(__file__).parent / "oidc-provider"
SECRET = "a-secret-of-the-contest"
NUMBER = "031085012345"


@dataclass
class Peer:
    """The running provider, as a person's browser sees it."""

    issuer: str

    async def agree(self, url: str) -> str:
        """Log in as NUMBER and consent; the address one is sent back to."""
        async with httpx2.AsyncClient() as browser:
            page = await self._follow(browser, url)
            while page.status_code == 200:
                action = re.search(r'action="([^"]+)"', page.text)
                prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
                assert action is not None
                assert prompt is not None
                form = {"prompt": prompt[1], "login": NUMBER, "password": "any"}
                page = await self._follow(browser, action[1], form)
            return page.headers["location"]

    async def give_up(self, url: str) -> str:
        """Cancel at the provider; the address one is sent back to."""
        async with httpx2.AsyncClient() as browser:
            page = await self._follow(browser, url)
            cancel = re.search(r'href="([^"]+/abort)"', page.text)
            assert cancel is not None
            return (await self._follow(browser, cancel[1])).headers["location"]

    async def _follow(self, browser: httpx2.AsyncClient, url: str, form: dict[str, str] | None = None):
        """The next page of the provider, or the redirect that leaves it."""
        url = str(httpx2.URL(self.issuer).join(url))
        answer = await (browser.post(url, data=form) if form else browser.get(url))
        while answer.is_redirect and not answer.headers["location"].startswith(ORIGIN):
            answer = await browser.get(httpx2.URL(self.issuer).join(answer.headers["location"]))
        return answer


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The provider, installed from its lock file and started."""
    folder = shutil.copytree(HERE, tmp_path_factory.mktemp("peer") / "oidc-provider")
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    npm = [tools / "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(npm, cwd=folder, env=environment, check=True, capture_output=True)
    port = free_port()
    node = [tools / "node", "server.mjs", str(port), f"{ORIGIN}{routes.VNEID_RETURN}", CLIENT, SECRET]
    with subprocess.Popen(
        node,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert any("ready" in line for line in process.stdout)
        yield Peer(f"http://localhost:{port}")
        os.killpg(process.pid, 15)


@pytest.fixture
def door(served_db: Database, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> Browser:
    make_contest(served_db)
    values = {
        "profile": "oidc",
        "issuer": peer.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "claims": json.dumps({"level": "level"}),
    }
    for name, value in values.items():
        monkeypatch.setenv(f"CCHC_VNEID_{name.upper()}", value)
    get_settings.cache_clear()
    get_peer.cache_clear()
    return Browser()


async def test_a_person_it_names_arrives(served_db: Database, peer: Peer, door: Browser) -> None:
    back = await peer.agree(await door.start())
    assert await door.back(back) == routes.vneid_register(routes.QUIZ)
    with served_db.read() as session:
        found = Identity.from_json(session.exec(select(VneidArrival.identity)).one())
    assert (found.number, found.full_name, f"{found.birth_date}", found.level) == (
        NUMBER,
        "Nguyễn Văn An",
        "1985-09-05",
        2,
    )
    assert await door.back(back) == routes.sign_in_refused(ErrorCode.VNEID_EXPIRED)


async def test_its_code_is_bound_to_the_round_trip(served_db: Database, peer: Peer, door: Browser) -> None:
    caught = httpx2.URL(await peer.agree(await door.start())).params["code"]
    thief = Browser()
    own = httpx2.URL(await peer.agree(await thief.start()))
    location = await thief.back(str(own.copy_set_param("code", caught)))
    assert location == routes.sign_in_refused(ErrorCode.VNEID_UNTRUSTED, routes.QUIZ)
    assert sessions(served_db) == 0


async def test_cancelling_there(served_db: Database, peer: Peer, door: Browser) -> None:
    back = await peer.give_up(await door.start())
    assert await door.back(back) == routes.sign_in_refused(ErrorCode.VNEID_CANCELLED, routes.QUIZ)
