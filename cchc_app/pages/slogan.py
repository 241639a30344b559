"""/khau-hieu: what the slogan round is; for a unit's representative, where its slogan is written."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import slogan as parts
from cchc_app.components import slogan_versions as versions
from cchc_app.components.controls import button, card, error_state, link_button, notice, pill, skeleton
from cchc_app.components.marks import countdown
from cchc_app.components.slogans import results_link
from cchc_app.states.home import HomeState
from cchc_app.states.slogan import SloganState
from cchc_app.texts import slogan as texts


def slogan() -> rx.Component:
    """One of three pages: a visitor's, that of a unit's people, its representative's."""
    return layout.page(
        rx.el.h1(texts.TITLE, data_script="/slogan.js"),
        rx.match(
            SloganState.screen,
            ("writer", _writer()),
            ("participant", rx.fragment(_unit(), _who(SloganState.unit.writers), _round(), _rules())),
            ("visitor", rx.fragment(rx.el.p(texts.INTRO), _round(), _visitor(), _rules())),
            ("missing", error_state(texts.MISSING_TITLE, SloganState.notice, code=SloganState.notice_code)),
            rx.fragment(rx.el.p(texts.INTRO), skeleton(4), _rules()),
        ),
        active="slogan",
    )


def _round() -> rx.Component:
    round_ = SloganState.round
    return card(
        rx.el.div(
            rx.el.h2(texts.DEADLINE_TITLE),
            rx.cond(round_.is_open, pill(round_.status), pill(round_.status, "plain")),
            class_name="row",
        ),
        rx.el.p(round_.deadline),
        rx.cond(round_.is_open, countdown(round_.deadline_ms, round_.server_now_ms)),
    )


def _rules() -> rx.Component:
    return rx.fragment(
        card(
            rx.el.ul(rx.el.li(SloganState.round.text), rx.el.li(texts.ONE_RULE), rx.el.li(texts.WORDS_RULE)),
            heading=texts.RULES_TITLE,
            class_name="reading",
        ),
        results_link(HomeState.slogan.published),
        link_button(texts.RULES_LINK, routes.RULES, kind="ghost"),
    )


def _visitor() -> rx.Component:
    return card(
        rx.el.p(texts.WHO_VISITOR, class_name="soft"),
        link_button(texts.SIGN_IN, routes.sign_in(routes.SLOGAN)),
        heading=texts.WHO_TITLE,
    )


def _who(said: rx.Var[str]) -> rx.Component:
    return card(
        rx.el.p(said, class_name="soft"),
        rx.cond(SloganState.round.is_open, link_button(texts.TO_CODE, routes.UNIT_CODE, kind="ghost")),
        heading=texts.WHO_TITLE,
    )


def _unit() -> rx.Component:
    unit = SloganState.unit
    return card(
        rx.el.div(rx.el.h2(unit.name), _status(), class_name="row"),
        rx.cond(unit.disqualified != "", notice(rx.el.span(texts.DISQUALIFIED, " ", unit.disqualified), "wrong")),
    )


def _status() -> rx.Component:
    unit = SloganState.unit
    return rx.match(
        unit.tone,
        ("right", pill(unit.status, "right")),
        ("gold", pill(unit.status, "gold")),
        pill(unit.status, "plain"),
    )


def _writer() -> rx.Component:
    has_one = SloganState.handed_in.text != ""
    writes = SloganState.round.is_open & SloganState.may_write
    leftover = SloganState.draft.text != SloganState.handed_in.text
    return rx.fragment(
        rx.el.div(
            rx.el.div(rx.el.b(SloganState.unit.name), _status(), class_name="row"), parts.time_left(SloganState.round)
        ),
        _said(),
        rx.cond(has_one, versions.handed_in_card(SloganState.handed_in, rx.cond(writes, _actions()))),
        # After the deadline too: what was being typed, or kept as a draft and not handed in, is there to be copied.
        rx.cond(
            ~has_one | SloganState.editing | (SloganState.round.is_closed & leftover),
            rx.cond(writes | SloganState.was_open | leftover, _editor(writes), notice(texts.NONE_HANDED_IN)),
        ),
        rx.cond(SloganState.versions.length() > 0, versions.version_list(SloganState.versions)),
        link_button(texts.TO_DESK, routes.UNIT_DESK, kind="ghost"),
        parts.draft_form(SloganState.save_draft),
        rx.match(SloganState.panel, ("send", _send()), ("withdraw", _withdraw()), rx.fragment()),
        rx.el.button(
            type="button",
            hidden=True,
            on_click=SloganState.refresh,
            custom_attrs={"data-on-deadline": SloganState.round.deadline_ms},
        ),
    )


def _said() -> rx.Component:
    unit = SloganState.unit
    return rx.fragment(
        rx.cond(unit.disqualified != "", notice(rx.el.span(texts.DISQUALIFIED, " ", unit.disqualified), "wrong")),
        rx.cond(SloganState.done != "", notice(SloganState.done, "right")),
        rx.cond(
            (SloganState.notice != "") & (SloganState.theirs.said == ""),
            notice(SloganState.notice, "wrong", code=SloganState.notice_code),
        ),
        rx.cond(SloganState.round.is_closed, notice(texts.CLOSED_TITLE, "gold")),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        button(rx.cond(SloganState.editing, texts.CLOSE_EDITOR, texts.EDIT), kind="ghost", on_click=SloganState.edit),
        button(texts.WITHDRAW, kind="quiet", on_click=SloganState.show_panel("withdraw")),
        class_name="slogan-buttons",
    )


def _editor(writes: rx.Var[bool]) -> rx.Component:
    return parts.editor(
        round_=SloganState.round,
        draft=SloganState.draft,
        theirs=SloganState.theirs,
        errors=SloganState.errors,
        state={
            "open": writes,
            "saved": SloganState.saved,
            "ack": SloganState.ack,
            "refused": SloganState.refused,
            "slot": SloganState.slot,
            "refusals": SloganState.refusals,
            "on_settle": SloganState.settle,
        },
        on_ask=SloganState.ask,
    )


def _send() -> rx.Component:
    return versions.send_sheet(
        SloganState.pending,
        replaces=SloganState.handed_in.text != "",
        on_submit=SloganState.submit,
        on_close=SloganState.show_panel(""),
    )


def _withdraw() -> rx.Component:
    return versions.withdraw_sheet(
        SloganState.handed_in,
        revision=SloganState.draft.revision,
        on_withdraw=SloganState.withdraw,
        on_close=SloganState.show_panel(""),
    )
