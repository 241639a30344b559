"""What the frame around every page says about the contest."""

import reflex as rx

from cchc_app.texts import common


class FrameState(rx.State):
    """Names and figures of the footer and the top bar; the defaults stand in the HTML before any script runs."""

    contest: str = common.CONTEST_SHORT_TITLE
    organiser: str = common.ORGANISER
    support: str = common.SUPPORT_UNSET
    online: str = "–"
    today: str = "–"
    week: str = "–"
    total: str = "–"
