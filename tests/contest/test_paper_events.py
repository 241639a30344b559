"""How a paper came on a screen."""

import pytest

from cchc_app.contest.paper_events import PaperEvent, event_of


@pytest.mark.parametrize(
    ("last", "now", "before", "same_tab", "expected"),
    [
        (None, 1, False, False, PaperEvent.SHOWN),
        (None, 1, False, True, PaperEvent.SHOWN),
        (1, 1, True, True, PaperEvent.SHOWN_AGAIN),
        (1, 1, True, False, PaperEvent.ANOTHER_TAB),
        (1, 2, True, True, PaperEvent.ANOTHER_BROWSER),
        (1, 2, True, False, PaperEvent.ANOTHER_BROWSER),
        (None, 2, True, False, PaperEvent.ANOTHER_BROWSER),  # the earlier sign-in was erased
    ],
)
def test_event(last: int | None, now: int, before: bool, same_tab: bool, expected: PaperEvent) -> None:
    assert event_of(last_session=last, session=now, any_before=before, same_tab=same_tab) is expected
