"""The rules page's state."""

from dataclasses import dataclass

import reflex as rx

from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.home import regulations
from cchc_app.services.runner import in_thread
from cchc_app.texts import message, rules

SHORT_DIGEST = 12


@dataclass
class ArticleView:
    """One article as shown."""

    heading: str
    sentences: list[str]


@dataclass
class VersionView:
    """One published version."""

    said: str
    note: str


class RulesState(rx.State):
    """The regulations in force, in words."""

    articles: list[ArticleView] = []
    versions: list[VersionView] = []
    version: int = 0
    digest: str = ""
    short_digest: str = ""
    notice: str = ""

    @rx.event
    async def load(self):
        """Read the version in force; public."""
        try:
            view = await in_thread(regulations, get_database())
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return
        self.articles = [ArticleView(a.heading, list(a.sentences)) for a in rules.articles(view.rule_set)]
        self.versions = [
            VersionView(rules.version_line(one.version, one.published_at, one.digest[:SHORT_DIGEST]), one.note)
            for one in view.versions
        ]
        self.version, self.digest, self.short_digest = view.rule_set.version, view.digest, view.digest[:SHORT_DIGEST]
