"""/quan-tri/thi-sinh/<id>: one participant, what was decided, what may be decided."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import fresh_code, table
from cchc_app.components.controls import (
    button,
    card,
    copy_button,
    link,
    link_button,
    notice,
    options_of,
    select_field,
    skeleton,
    text_field,
)
from cchc_app.components.people import facts
from cchc_app.components.slogans import deed, state_pill
from cchc_app.states.admin.participant import DecisionView, PaperView, ParticipantState
from cchc_app.texts import admin_people as texts


def participant() -> rx.Component:
    """For organisers; auditors read, and may see the number."""
    state = ParticipantState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.revealed != "", _once(texts.REVEALED, rx.el.code(state.revealed), texts.HIDE)),
        rx.cond(
            state.link != "",
            _once(
                texts.PIN_MADE,
                rx.el.code(state.link, class_name="break-all"),
                texts.PUT_AWAY,
                rx.el.p(state.link_until, class_name="fine"),
                copy_button(state.link, texts.COPY_LINK),
            ),
        ),
        rx.cond(state.loaded, rx.cond(state.person.line.key != 0, _person()), skeleton(5)),
        rx.el.div(link_button(texts.BACK, routes.PARTICIPANTS, kind="quiet", small=True), class_name="flex"),
        title=texts.PAGE_TITLE,
        active="participants",
    )


def _once(title: str, shown: rx.Component, close: str, *more: rx.Component) -> rx.Component:
    """Something that is shown once."""
    return card(
        rx.el.p(title),
        rx.el.p(shown),
        *more,
        button(close, kind="quiet", small=True, on_click=ParticipantState.put_away),
        role="status",
    )


def _person() -> rx.Component:
    return rx.fragment(
        rx.el.div(_who(), _deeds(), class_name="desk-pair"),
        _papers(),
        rx.el.div(_decisions(), _consents(), class_name="desk-pair"),
    )


def _who() -> rx.Component:
    person = ParticipantState.person
    return card(
        rx.el.div(
            rx.el.h2(person.line.name),
            rx.el.div(
                rx.foreach(person.line.states, lambda mark: state_pill(mark.name, mark.tone)),
                class_name="flex flex-wrap gap-1",
            ),
            class_name="row",
        ),
        facts(
            (texts.CITIZEN_ID, rx.el.span(person.line.masked, " · ", person.line.identity, class_name="tabular")),
            (texts.BIRTH_DATE, person.born),
            (texts.PHONE, person.phone),
            (texts.UNIT, rx.fragment(person.line.unit, " · ", person.line.bloc)),
            (texts.REGISTERED, person.registered),
            (texts.SESSIONS, person.sessions),
            (texts.PIN, person.pin),
            (texts.EXTRA, person.extra),
        ),
    )


def _deeds() -> rx.Component:
    state, person = ParticipantState, ParticipantState.person
    return card(
        rx.cond(
            person.closed,
            rx.fragment(
                rx.el.p(texts.CLOSED_TEXT, class_name="soft"),
                rx.cond(person.kept_href != "", link_button(texts.KEPT, person.kept_href, kind="ghost", small=True)),
            ),
            rx.el.div(
                rx.cond(state.may_reveal, _reveal()),
                rx.cond(state.may_run, _decide(), rx.el.p(texts.ONLY_READING, class_name="soft")),
                key=state.deeds,
                class_name="deeds",
            ),
        ),
        heading=texts.DEEDS,
    )


def _reveal() -> rx.Component:
    return _deed("reveal", texts.REVEAL_TITLE, texts.REVEAL_TEXT, texts.REVEAL, ParticipantState.reveal, code=True)


def _decide() -> rx.Component:
    state, person = ParticipantState, ParticipantState.person
    return rx.fragment(
        _deed("pin", texts.PIN_TITLE, texts.PIN_TEXT, texts.PIN_OFFER, state.offer_pin, code=True),
        _deed(
            "extra",
            texts.EXTRA_TITLE,
            texts.EXTRA_TEXT,
            texts.EXTRA_GIVE,
            state.extra_time,
            text_field(texts.MINUTES, "minutes", hint=texts.MINUTES_HINT, input_mode="numeric", max_length=3),
            rx.cond(person.open_paper, _open_paper()),
        ),
        _deed("move", texts.MOVE_TITLE, texts.MOVE_TEXT, texts.MOVE, state.move, _new_unit(), code=True),
        rx.cond(
            person.blocked,
            _deed("unblock", texts.UNBLOCK_TITLE, "", texts.UNBLOCK, state.unblock),
            _deed("block", texts.BLOCK_TITLE, texts.BLOCK_TEXT, texts.BLOCK, state.block),
        ),
        rx.cond(
            person.disqualified,
            _deed(
                "reinstate", texts.REINSTATE_TITLE, texts.REINSTATE_TEXT, texts.REINSTATE, state.reinstate, code=True
            ),
            _deed(
                "disqualify",
                texts.DISQUALIFY_TITLE,
                texts.DISQUALIFY_TEXT,
                texts.DISQUALIFY,
                state.disqualify,
                code=True,
            ),
        ),
        rx.el.p(link(texts.MERGE_LINK, href=routes.MERGES, class_name="more"), class_name="deed"),
    )


def _deed(
    name: str, title: str, text: str, verb: str, on_submit: Any, *fields: rx.Component, code: bool = False
) -> rx.Component:
    codes = [fresh_code(f"code-{name}")] if code else []
    return deed(
        *fields,
        text_field(texts.REASON, "reason", id=f"reason-{name}", hint=texts.REASON_HINT, max_length=300),
        *codes,
        title=title,
        text=text,
        verb=verb,
        on_submit=on_submit,
    )


def _open_paper() -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="open_paper"), rx.el.span(texts.OPEN_PAPER), class_name="check"
    )


def _new_unit() -> rx.Component:
    options = options_of(ParticipantState.units, first=texts.CHOOSE_UNIT)
    return select_field(texts.NEW_UNIT, "unit", options, id="new-unit")


def _papers() -> rx.Component:
    return card(
        rx.cond(
            ParticipantState.person.papers,
            table(
                texts.PAPERS,
                texts.COLUMN_RECEIPT,
                texts.COLUMN_WEEK,
                texts.COLUMN_STARTED,
                texts.COLUMN_STATE,
                texts.COLUMN_SCORE,
                texts.COLUMN_TIME,
                numbers=(texts.COLUMN_SCORE, texts.COLUMN_TIME),
                rows=ParticipantState.person.papers,
                row=_paper,
            ),
            rx.el.p(texts.NO_PAPERS, class_name="soft"),
        ),
        heading=texts.PAPERS,
    )


def _paper(paper: PaperView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(link(paper.receipt, href=paper.href, class_name="row-link nowrap"), scope="row"),
        rx.el.td(paper.week, class_name="nowrap"),
        rx.el.td(paper.started, class_name="tabular nowrap"),
        rx.el.td(state_pill(paper.state.name, paper.state.tone)),
        rx.el.td(paper.score, class_name="num tabular"),
        rx.el.td(paper.time, class_name="num tabular"),
        key=paper.receipt,
    )


def _decisions() -> rx.Component:
    decisions = ParticipantState.person.decisions
    return card(
        rx.cond(
            decisions,
            rx.el.ol(rx.foreach(decisions, _decision), class_name="versions"),
            rx.el.p(texts.NO_HISTORY, class_name="soft"),
        ),
        heading=texts.HISTORY,
    )


def _decision(one: DecisionView) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(one.said)),
        rx.cond(one.reason != "", rx.el.p(one.reason)),
        rx.cond(one.ended != "", rx.el.p(one.ended, class_name="soft")),
    )


def _consents() -> rx.Component:
    consents = ParticipantState.person.consents
    return card(
        rx.cond(
            consents,
            rx.el.ul(rx.foreach(consents, rx.el.li), class_name="lines"),
            rx.el.p(texts.NO_CONSENTS, class_name="soft"),
        ),
        heading=texts.CONSENTS,
    )
