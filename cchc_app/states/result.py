"""The result page of one's own finished paper."""

from dataclasses import dataclass, field

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import results, standings
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.states.session import SessionState
from cchc_app.texts import message
from cchc_app.texts import result as texts


@dataclass
class ResultView:
    """Figures and sentences of one result."""

    title: str = ""
    receipt: str = ""
    correct: int = 0
    total: int = 0
    out_of: str = ""
    marks_known: bool = True
    sentence: str = ""
    remark: str = ""
    rank: str = ""
    rank_label: str = ""
    unit_rank: str = ""
    unit_rank_label: str = ""
    practice: bool = False


@dataclass
class WhyStep:
    """One step of the tie-break chain with one's own value."""

    name: str = ""
    value: str = ""
    said: str = ""
    decisive: bool = False


@dataclass
class ReviewView:
    """One reviewed question."""

    number: int = 0
    topic: str = ""
    stem: str = ""
    options: list[str] = field(default_factory=list)
    choice: int = -1
    right_choices: list[int] = field(default_factory=list)
    correct: bool = False
    explanation: str = ""
    legal_basis: str = ""


class ResultState(rx.State):
    """What the result page shows."""

    screen: str = "loading"  # loading, result, missing
    view: ResultView = ResultView()
    why: list[WhyStep] = []
    review: list[ReviewView] = []
    review_open: bool = False
    shown: str = "all"  # all, right or wrong
    missing: str = ""

    @rx.var
    def review_rows(self) -> list[ReviewView]:
        """The reviewed questions the filter lets through."""
        return [row for row in self.review if self.shown == "all" or row.correct == (self.shown == "right")]

    @rx.event
    async def open(self):
        """Load /ket-qua/<receipt>."""
        self.reset()
        receipt = self.router.url.path.rstrip("/").rsplit("/", 1)[-1]
        session = await self.get_state(SessionState)
        viewer = await session._viewer()
        if viewer is None:
            return await session._way_in(routes.result(receipt))
        db, now = get_database(), server_now()
        try:
            found = await in_thread(results.result, db, participant_id=viewer.participant_id, receipt=receipt, now=now)
        except ContestError as error:
            self.screen, self.missing = "missing", message(error.code, error.details)
            return None
        place = await in_thread(
            standings.place_of_result, db, participant_id=viewer.participant_id, receipt=receipt, now=now
        )
        self._show(found, place, viewer.unit_name)
        return None

    @rx.event
    async def toggle_review(self):
        """Open or close the review; it is already here."""
        self.review_open = not self.review_open

    @rx.event
    async def filter_review(self, shown: str):
        """Show all questions, the right ones or the wrong ones."""
        self.shown = shown if shown in ("all", "right", "wrong") else "all"

    def _show(self, found: results.Result, place: standings.PlaceExplained | None, unit_name: str) -> None:
        self.view = ResultView(**texts.figures(found, place, unit_name))
        self.why = [WhyStep(**step) for step in texts.why_steps(place)]
        self.review = [
            ReviewView(
                row.position + 1,
                row.topic,
                row.stem,
                list(row.options),
                -1 if row.choice is None else row.choice,
                list(row.right_choices),
                row.correct,
                row.explanation,
                row.legal_basis,
            )
            for row in found.review
        ]
        self.screen = "result"
