"""A small proxy on loopback that hands each connection to the next of several nodes, and can be cut."""

import asyncio
from collections.abc import Sequence
from itertools import count

CHUNK = 64 * 1024


class Proxy:
    """Spreads connections over nodes in turn, whoever they come from; a node that does not answer is passed over.

    Args:
        ports: Where the nodes listen on loopback.
    """

    def __init__(self, ports: Sequence[int]) -> None:
        self.port = 0
        self.given = dict.fromkeys(ports, 0)  # connections handed to each node
        self._ports = list(ports)
        self._turn = count()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._cut = False

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://localhost:{self.port}"

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop and drop every connection."""
        if self._server is not None:
            self._server.close()
        self.cut()
        await asyncio.gather(*self._serving)

    def cut(self) -> None:
        """Drop every connection and take no new one."""
        self._cut = True
        for writer in list(self._open):
            writer.transport.abort()

    def restore(self) -> None:
        """Take connections again."""
        self._cut = False

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        node = None if self._cut else await self._node()
        if node is None:
            writer.transport.abort()
            return
        self._open |= {writer, node[1]}
        try:
            await asyncio.gather(_carry(reader, node[1]), _carry(node[0], writer))
        finally:
            for one in (writer, node[1]):
                one.transport.abort()
                self._open.discard(one)

    async def _node(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        first = next(self._turn)
        for step in range(len(self._ports)):
            port = self._ports[(first + step) % len(self._ports)]
            try:
                streams = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self.given[port] += 1
            return streams
        return None


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one side ends; then the other one ends too."""
    try:
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    except (ConnectionError, OSError):
        pass
    writer.transport.abort()
