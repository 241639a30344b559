"""Pages inside the frame: the one place that gives the frame its state (docs/decisions/0002-layout-layer.md)."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from cchc_app.components import admin
from cchc_app.components import frame as frames
from cchc_app.components.frame import Frame, Visitor, Visits, crash_page, frame, line_banner, trouble_banner
from cchc_app.states.admin.session import StaffState
from cchc_app.states.frame import FrameState
from cchc_app.states.session import SessionState


def page(*children: Any, active: str = "", hero: Any = None, bare: bool = False, wide: bool = False) -> rx.Component:
    """A page of the site; arguments as `components.frame.frame`."""
    around = Frame(
        visitor=Visitor(SessionState.signed_in, SessionState.initials),
        contest=FrameState.contest,
        organiser=FrameState.organiser,
        support=FrameState.support,
        visits=Visits(FrameState.online, FrameState.today, FrameState.week, FrameState.total),
    )
    return frame(*children, around=around, active=active, hero=hero, bare=bare, wide=wide)


def desk(*children: Any, title: str, active: str) -> rx.Component:
    """A page of the staff; arguments as `components.admin.desk`."""
    around = admin.Desk(
        contest=FrameState.contest,
        name=StaffState.display_name,
        role=StaffState.role_name,
        initials=StaffState.initials,
        rail=StaffState.rail,
        denied=StaffState.denied,
    )
    return admin.desk(*children, around=around, title=title, active=active)


def hall(*children: Any, title: Any, mark: Any) -> rx.Component:
    """A page for a projector; arguments as `components.frame.hall`."""
    return frames.hall(*children, contest=FrameState.contest, title=title, mark=mark)


def banners() -> rx.Component:
    """On every page: a quiet line while the server cannot be reached, a sentence when something failed there."""
    return rx.fragment(
        line_banner(has_connection_errors),
        trouble_banner(FrameState.trouble, FrameState.trouble_code, on_close=FrameState.close_trouble),
    )


__all__ = ["banners", "crash_page", "desk", "hall", "page"]
