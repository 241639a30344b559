"""What happens to an open paper besides its answers. A record for organisers; no article of the rules hangs on it."""

from enum import StrEnum

# Nobody needs more, and nobody can fill the table by loading a page for ever.
MOST_EVENTS = 100


class PaperEvent(StrEnum):
    """How a paper came on a screen. The values are stored."""

    SHOWN = "shown"  # for the first time
    SHOWN_AGAIN = "shown_again"  # in the tab that had it: a reload, or the line came back
    ANOTHER_TAB = "another_tab"  # in a tab of the same browser that did not have it; also after a restart of the server
    ANOTHER_BROWSER = "another_browser"  # on another device, or after signing in again


def event_of(*, last_session: int | None, session: int | None, any_before: bool, same_tab: bool) -> PaperEvent:
    """What it is that a paper is shown now.

    Args:
        last_session: The sign-in the paper was shown under the last time.
        session: The one it is shown under now.
        any_before: Whether it was shown before at all.
        same_tab: Whether this tab had it on the screen already.
    """
    if not any_before:
        return PaperEvent.SHOWN
    if session != last_session:
        return PaperEvent.ANOTHER_BROWSER
    return PaperEvent.SHOWN_AGAIN if same_tab else PaperEvent.ANOTHER_TAB
