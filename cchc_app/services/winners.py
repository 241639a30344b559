"""The winners as everybody sees them: the newest published list of every board."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.data import prize_lists as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.prize_views import ScopeView, names_in, scope_views


@dataclass(frozen=True, slots=True)
class PublishedList:
    """What is public of one board.

    Attributes:
        board: The period's number or OVERALL.
        version: Which one it is.
        reason: Why it replaced another one; empty for the first.
        withdrawn: Whether it takes the one before it back, and names nobody.
        published_at: When.
        scopes: Prizes with their winners; nobody who was passed over.
    """

    board: int
    version: int
    reason: str
    withdrawn: bool
    published_at: datetime
    scopes: tuple[ScopeView, ...]


def published_winners(db: Database) -> tuple[PublishedList, ...]:
    """Every board with a published list: the periods in order, then the whole contest.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        contest_id = contest_in_force(session).contest_id
        found = rows.published(session, contest_id)
        names = names_in(session, contest_id, [one.body for one in found], winners_only=True)
    made = [
        PublishedList(
            board=one.board,
            version=one.version,
            reason=one.body["reason"],
            withdrawn=one.body["withdrawn"],
            published_at=one.published_at or one.proposed_at,
            scopes=scope_views({**one.body, "scopes": [_public(scope) for scope in one.body["scopes"]]}, names),
        )
        for one in found
    ]
    return tuple(sorted(made, key=lambda one: (one.board == 0, one.board)))


def _public(scope: dict) -> dict:
    return {**scope, "skipped": [], "to_decide": [], "waiting": []}
