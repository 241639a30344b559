"""Who is looking at the page."""

import reflex as rx


class SessionState(rx.State):
    """The signed-in person, as far as the frame shows it."""

    signed_in: bool = False
    display_name: str = ""
    initials: str = ""

    async def _viewer(self):
        """The signed-in person, or None."""
        return None
