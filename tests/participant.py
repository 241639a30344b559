"""A participant without a browser: the site's real protocol over a bare websocket, cheap enough for thousands."""

import asyncio
import json
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, TypeVar

import aiohttp

from cchc_app import routes
from cchc_app.server import ANSWER_WITHIN, ASK_EVERY
from cchc_app.states.quiz import QuizState
from cchc_app.states.quiz_views import NO_CHOICE, FeedbackView

T = TypeVar("T")
QUIZ = QuizState.get_full_name()
SUFFIX = "_rx_state_"
NEW_TOKEN = '42/_event,["new_token"'
ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate"
ARRIVE = f"{ROOT}.hydrate_and_load"
PATIENCE_SECONDS = 30.0
LONGEST_SILENCE = (ASK_EVERY + ANSWER_WITHIN).total_seconds()


class ConnectionEndedError(Exception):
    """The server went away."""


class Participant:
    """One browser tab.

    Args:
        url: Address of the site, `http://localhost:8000`.
        cookie: The `Cookie` header, empty for a visitor.
        path: The page the tab shows.
        forwarded_for: What a proxy in front says of the address.
        tab: The tab's own token, which it keeps when its line breaks or it loads a page again; a new tab without.
    """

    def __init__(
        self, url: str, *, cookie: str = "", path: str = routes.QUIZ, forwarded_for: str = "", tab: str = ""
    ) -> None:
        self.url, self.path = url, path
        self._headers = {"Cookie": cookie} if cookie else {}
        self._headers |= {"X-Forwarded-For": forwarded_for} if forwarded_for else {}
        self.vars: dict[str, dict[str, Any]] = {}
        self.updates: list[dict[str, Any]] = []  # everything the server sent, as it came
        self.keeps_updates = False
        # Whether the first event travels with the connection, as browsers send it.
        self.boots = False
        self.tab = tab or str(uuid.uuid4())
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def connect(self, http: aiohttp.ClientSession) -> None:
        """Open the socket and let the server send the state of a new tab."""
        await self._open(http)
        if not self.boots:
            await self.event(HYDRATE)

    async def open_page(self, http: aiohttp.ClientSession, *, hashes: list[str]) -> None:
        """Open the page as a browser does: one event brings what differs from the page as built, and what it loads.

        Args:
            hashes: Of the states as built.
        """
        self.boots = False
        await self._open(http)
        await self.send(ARRIVE, {"hashes": hashes})
        while not self.vars.get(ROOT, {}).get("is_hydrated"):
            self._merge(await self.receive())

    async def _open(self, http: aiohttp.ClientSession) -> None:
        address = f"{self.url}/_event/?EIO=4&transport=websocket&token={self.tab}"
        try:
            self._socket = await http.ws_connect(address, headers=self._headers, max_msg_size=0, autoping=True)
            await self._expect("0")
            if self.boots:
                await self._boot()
                return
            await self._send("40/_event,")
            await self._expect("40/_event,")
        except (aiohttp.ClientError, OSError) as error:
            raise ConnectionEndedError from error

    async def _boot(self) -> None:
        await self._send("40/_event," + json.dumps({"event": self._message(HYDRATE, {})}))
        connected = told = False
        while not (connected and told):
            packet = await self._packet()
            connected = connected or packet.startswith("40/_event,")
            if packet.startswith("42/_event,"):
                told = bool(self._merge(_update(packet))) or told

    async def close(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def event(self, name: str, **payload: Any) -> dict[str, Any]:
        """Send one event and wait for its last update.

        Returns:
            The variables it changed, by state, without the wire's suffix.
        """
        await self.send(name, payload)
        changed: dict[str, Any] = {}
        while True:
            update = await self.receive()
            for state, plain in self._merge(update).items():
                changed.setdefault(state, {}).update(plain)
            if update.get("final", True):
                return changed

    async def send(self, name: str, payload: Any) -> None:
        """Send one event without waiting."""
        await self._send(f"42/_event,{json.dumps(['event', self._message(name, payload)])}")

    def _message(self, name: str, payload: Any) -> dict[str, Any]:
        router = {"pathname": self.path, "asPath": self.path, "query": {}}
        return {"name": name, "payload": payload, "router_data": router}

    def _merge(self, update: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """Keep what an update changed, and return it without the wire's suffix."""
        changed = {
            state: {name.removesuffix(SUFFIX): value for name, value in delta.items()}
            for state, delta in (update.get("delta") or {}).items()
        }
        for state, plain in changed.items():
            self.vars.setdefault(state, {}).update(plain)
        return changed

    async def receive(self) -> dict[str, Any]:
        """The next update of the server."""
        while True:
            packet = await self._packet()
            self._adopt(packet)
            if packet.startswith("42/_event,") and (update := _update(packet)):
                if self.keeps_updates:
                    self.updates.append(update)
                return update

    async def raw(self) -> str:
        """The next packet as it came, not looked into, however long it takes while the server asks for this end."""
        return await self._packet(patience=LONGEST_SILENCE)

    async def _send(self, packet: str) -> None:
        try:
            assert self._socket is not None
            await self._socket.send_str(packet)
        except (aiohttp.ClientError, ConnectionError) as error:
            raise ConnectionEndedError from error

    async def _expect(self, beginning: str) -> None:
        packet = await self._packet()
        while self._adopt(packet):
            packet = await self._packet()
        assert packet.startswith(beginning), packet

    def _adopt(self, packet: str) -> bool:
        """Whether the server gave this tab another token, as it does while it takes the old line for a living tab."""
        if not packet.startswith(NEW_TOKEN):
            return False
        self.tab = json.loads(packet.removeprefix("42/_event,"))[1]
        return True

    async def _packet(self, patience: float = PATIENCE_SECONDS) -> str:
        assert self._socket is not None
        while True:
            try:
                message = await self._socket.receive(patience)
            except TimeoutError as error:
                raise ConnectionEndedError from error
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise ConnectionEndedError
            if message.data == "2":
                await self._send("3")
            else:
                return str(message.data)

    @property
    def quiz(self) -> dict[str, Any]:
        """What the quiz screen shows."""
        return self.vars.get(QUIZ, {})

    async def open_paper(self) -> None:
        """Open the quiz page and begin, or go on with, the paper."""
        await self.event(f"{QUIZ}.open_counted")
        if self.quiz["screen"] == "door":
            await self.event(f"{QUIZ}.begin")

    async def answer(self, choice: int) -> dict[str, Any]:
        """Answer the question on the screen; what the screen then shows."""
        question = self.quiz["question"]
        form = {"paper": self.quiz["paper"], "position": str(question["position"]), "choice": str(choice)}
        return await self.event(f"{QUIZ}.answer", form=form)

    def next_question(self) -> None:
        """Go on as the browser does: the next question came with the feedback, and nobody is asked."""
        quiz = self.quiz
        if quiz["ahead"]["stem"]:
            quiz |= {"question": quiz["ahead"], "choice": NO_CHOICE, "feedback": asdict(FeedbackView())}

    async def hand_in(self) -> dict[str, Any]:
        """Hand in."""
        return await self.event(f"{QUIZ}.finish", form={})


def _update(packet: str) -> dict[str, Any]:
    """The update in a packet of an event; empty for other messages."""
    kind, *arguments = json.loads(packet.removeprefix("42/_event,"))
    if kind != "event":
        return {}
    return json.loads(arguments[0]) if isinstance(arguments[0], str) else arguments[0]


async def connect_all(people: list[Participant], http: aiohttp.ClientSession, *, at_once: int = 50) -> None:
    """Connect many, some at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(person: Participant) -> None:
        async with gate:
            await person.connect(http)

    await asyncio.gather(*(one(person) for person in people))


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end in another thread: the browser tests keep an event loop of their own on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
