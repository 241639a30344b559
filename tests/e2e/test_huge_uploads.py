"""200 MB sent to forms that take files: refused in the page before it leaves, and by the server before it arrives."""

import re
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Page, expect

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from tests.e2e.test_organisers import db
from tests.live_site import LiveSite
from tests.staff import make_staff

__all__ = ["db"]

DESK = {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1, "has_touch": False, "is_mobile": False}
HUGE, PIECE = 200 * 1024 * 1024, 256 * 1024
# Of what is sent, how much the server may grow by, and how much it may have been sent before it answers.
MOST_GROWTH, MOST_SENT = 0.25, 0.25
BOUNDARY = "zeros"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="lon.xlsx"\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
).encode()
ROUTES = {routes.QUESTION_UPLOAD: Role.QUESTION_EDITOR, routes.UNIT_UPLOAD: Role.ORGANISER}


class Growth:
    """How far the server's memory grows while inside, in bytes."""

    def __init__(self, site: LiveSite) -> None:
        assert site.process is not None
        self._server = psutil.Process(site.process.pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.before = self.most = 0

    def _size(self) -> int:
        return sum(one.memory_info().rss for one in (self._server, *self._server.children(recursive=True)))

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self.most = max(self.most, self._size())

    def __enter__(self) -> "Growth":
        self.before = self.most = self._size()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def grown(self) -> int:
        return self.most - self.before


def send_zeros(site: LiveSite, path: str, cookie: str, *, declared: bool) -> tuple[str, int]:
    """Send 200 MB of zeros until the server answers; its answer, and how much had been sent.

    Args:
        declared: Whether the length is said at once; else it comes in chunks.
    """
    target = urlsplit(site.url)
    length = f"Content-Length: {HUGE}" if declared else "Transfer-Encoding: chunked"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {target.netloc}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n{length}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        line.sendall(head.encode())
        sent = 0
        while sent < HUGE and not select.select([line], [], [], 0.5 if sent == 0 else 0)[0]:
            piece = HEAD if sent == 0 else bytes(PIECE)
            try:
                line.sendall(piece if declared else b"%x\r\n%b\r\n" % (len(piece), piece))
            except (BrokenPipeError, ConnectionResetError):
                break
            sent += len(piece)
        return _answer(line), sent


def _answer(line: socket.socket) -> str:
    """What the server says: its head, and its body as far as it comes."""
    said = b""
    line.settimeout(5)
    with suppress(ConnectionResetError, TimeoutError):
        while (piece := line.recv(65_536)) and (said := said + piece).partition(b"\r\n\r\n")[2] == b"":
            pass
    return said.decode(errors="replace")


@pytest.mark.parametrize(("path", "role"), ROUTES.items())
@pytest.mark.parametrize("declared", [True, False], ids=["length said", "in chunks"])
def test_the_server_answers_early_and_keeps_nothing(
    site: LiveSite, db: Database, path: str, role: Role, declared: bool
) -> None:
    who = make_staff(db, role, now=datetime.now(UTC))
    with Growth(site) as growth:
        answer, sent = send_zeros(site, path, who.cookie, declared=declared)
        time.sleep(0.2)
    status = answer.partition("\r\n")[0]
    if declared:
        assert "413" in status
        assert "Tệp lớn hơn 20 MB." in answer
    else:  # back to the page, which says why
        assert "303" in status
        assert re.search(r"location: \S+CCHC-\d+", answer)
    assert sent <= MOST_SENT * HUGE
    assert growth.grown <= MOST_GROWTH * HUGE


def test_the_pages_say_so_before_anything_leaves(
    new_phone: Callable[..., Page], site: LiveSite, db: Database, tmp_path: Path
) -> None:
    huge = tmp_path / "lon.xlsx"
    with huge.open("wb") as file:
        file.truncate(HUGE)
    forms = (
        (Role.QUESTION_EDITOR, "/quan-tri/cau-hoi/nhap", "Tệp câu hỏi", "Tải lên và xem trước", "Tệp lớn hơn 20 MB."),
        (Role.ORGANISER, "/quan-tri/don-vi", "#units-file", "Đọc và xem trước", "Tệp lớn hơn 5 MB."),
        (Role.ORGANISER, "/quan-tri/hoi-thi?muc=tep", "#file-logo", "Tải lên Logo", "Tệp lớn hơn 8 MB."),
    )
    for role, path, field, verb, said in forms:
        page = new_phone(**DESK)
        page.context.add_cookies([{"name": "cchc_bqt", "value": _token(db, role), "url": site.url}])
        page.goto(path)
        chosen = page.locator(field) if field.startswith("#") else page.get_by_label(field)
        chosen.set_input_files(huge)
        page.get_by_role("button", name=verb).first.click()
        assert chosen.evaluate("field => field.validationMessage").startswith(said)
        expect(page).to_have_url(site.url + path)


def _token(db: Database, role: Role) -> str:
    return make_staff(db, role, now=datetime.now(UTC)).token
