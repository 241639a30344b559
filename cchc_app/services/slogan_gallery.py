"""The published result of the slogan round, for everybody: winners, then every slogan by bloc."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from cchc_app.contest.characters import canonical
from cchc_app.contest.text import fold
from cchc_app.data import slogan_desk as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest

LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class GallerySlogan:
    """One published slogan.

    Attributes:
        code: Its code number.
        author: Empty unless the author agreed to be named.
        prizes: What it got; several, or an empty one among them, while the committee decides a tie.
        score: Shown of winners only.
    """

    code: str
    text: str
    unit: str
    bloc: str
    author: str
    rank: int
    prizes: tuple[str, ...]
    score: Fraction


@dataclass(frozen=True, slots=True)
class Gallery:
    """What is public.

    Attributes:
        published: Whether anything is.
        closes_at: When the round closes.
        winners: In the order of their rank.
        others: By bloc, in the official order of units.
        count: How many slogans were published, whatever was searched.
    """

    published: bool
    closes_at: datetime
    version: int = 0
    note: str = ""
    published_at: datetime | None = None
    winners: tuple[GallerySlogan, ...] = ()
    others: tuple[tuple[str, tuple[GallerySlogan, ...]], ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class WinningSlogan:
    """What the share image of a winner shows; `version` changes with every publication."""

    text: str
    unit: str
    prize: str
    contest: str
    version: int


def gallery(db: Database, *, search: str) -> Gallery:
    """The newest publication.

    Args:
        search: Part of a slogan or of a unit's name, accents do not matter; empty for all.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        closes_at = contest.rule_set.slogan.closes_at
        newest = rows.newest_publication(session, contest.contest_id)
        if newest is None:
            return Gallery(published=False, closes_at=closes_at)
        entries: list[dict[str, Any]] = newest.body["slogans"]
        authors = rows.agreed_authors(session, [entry["slogan_id"] for entry in entries])
    wanted = fold(canonical(search[:LONGEST_SEARCH]))
    official = {entry["code"]: entry["place"] for entry in entries}
    slogans = [_slogan(entry, authors.get(entry["slogan_id"], "")) for entry in entries]
    found = [one for one in slogans if wanted in f"{fold(one.text)} {fold(one.unit)} {fold(one.author)}"]
    return Gallery(
        published=True,
        closes_at=closes_at,
        version=newest.version,
        note=newest.note,
        published_at=newest.published_at,
        winners=tuple(one for one in found if one.prizes),
        others=_by_bloc(sorted((one for one in found if not one.prizes), key=lambda one: official[one.code])),
        count=len(slogans),
    )


def is_published(db: Database) -> bool:
    """Whether there is a gallery to look at.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        return rows.is_published(session, contest_in_force(session).contest_id)


def winning_slogan(db: Database, *, code: str) -> WinningSlogan | None:
    """A published winner by its code number; None for anything else, and while its prize is not decided."""
    with db.read() as session:
        contest = contest_in_force(session)
        newest = rows.newest_publication(session, contest.contest_id)
        title = session.get_one(Contest, contest.contest_id).short_title
    for entry in newest.body["slogans"] if newest else ():
        if entry["code"] == code and len(entry["prizes"]) == 1:
            version = newest.version if newest else 0
            return WinningSlogan(entry["text"], entry["unit"], entry["prizes"][0], title, version)
    return None


def _slogan(entry: dict[str, Any], author: str) -> GallerySlogan:
    return GallerySlogan(
        code=entry["code"],
        text=entry["text"],
        unit=entry["unit"],
        bloc=entry["bloc"],
        author=author,
        rank=entry["rank"],
        prizes=tuple(entry["prizes"]),
        score=Fraction(entry["score"]),
    )


def _by_bloc(slogans: Sequence[GallerySlogan]) -> tuple[tuple[str, tuple[GallerySlogan, ...]], ...]:
    blocs = dict.fromkeys(one.bloc for one in slogans)
    return tuple((bloc, tuple(one for one in slogans if one.bloc == bloc)) for bloc in blocs)
