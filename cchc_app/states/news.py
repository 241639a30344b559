"""One announcement as everybody reads it."""

import reflex as rx

from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.announcements import read_news
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.texts import admin_news as texts
from cchc_app.texts import message

LONGEST_NUMBER = 12


class NewsState(rx.State):
    """What the page shows; `html` was made safe on the server."""

    title: str = ""
    html: str = ""
    at: str = ""
    notice: str = ""
    notice_code: str = ""

    @rx.event
    async def load(self):
        """Read it; public."""
        self.reset()
        raw = self.router.url.path.rstrip("/").rpartition("/")[2]
        number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= LONGEST_NUMBER else 0
        try:
            found = await in_thread(read_news, get_database(), number=number, now=server_now())
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
            return
        self.title, self.html, self.at = found.title, found.html, texts.shown_from(found.starts_at)
