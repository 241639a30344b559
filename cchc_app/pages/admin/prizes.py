"""/quan-tri/giai-thuong: the list of a board from proposal to publication, and who was passed over."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import fresh_code
from cchc_app.components.controls import (
    button,
    card,
    check_field,
    link_button,
    notice,
    skeleton,
    tab,
    tabs,
    text_field,
)
from cchc_app.components.slogans import deed, state_pill
from cchc_app.components.tables import file_link, sorted_table, table_filter, table_foot, table_search, table_views
from cchc_app.states.admin.prize_words import EntrantView, KindView, PrizeView, SkippedView, VersionView
from cchc_app.states.admin.prizes import PrizesState
from cchc_app.texts import admin_prizes as texts


def prizes() -> rx.Component:
    """For organisers and auditors."""
    state = PrizesState
    return layout.desk(
        tabs(
            texts.BOARDS_LABEL,
            rx.foreach(state.boards, lambda board: tab(board.name, current=board.current, href=board.href)),
        ),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(
            state.loaded,
            rx.cond(
                state.boards,
                rx.fragment(rx.el.div(_steps(), _versions(), class_name="desk-pair"), rx.cond(state.versions, _list())),
            ),
            skeleton(5),
        ),
        title=texts.TITLE,
        active="prizes",
    )


def _steps() -> rx.Component:
    state = PrizesState
    return card(
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.cond(state.outdated & (state.step != "published"), notice(texts.OUTDATED, "gold")),
        rx.cond(state.open_ties, notice(texts.OPEN_TIES, "gold")),
        rx.cond(state.may_run, _deeds(), rx.el.p(texts.ONLY_READING, class_name="soft")),
        rx.el.div(
            rx.cond(state.file != "", file_link(texts.EXPORT, state.file)),
            rx.cond(state.commendation, file_link(texts.EXPORT_COMMENDATION, routes.COMMENDATION_FILE)),
            link_button(texts.SEE_WINNERS, routes.WINNERS, kind="quiet", small=True),
            class_name="flex flex-wrap gap-2",
        ),
        heading=texts.STEPS_TITLE,
    )


def _deeds() -> rx.Component:
    return rx.match(
        PrizesState.step,
        ("none", _propose()),
        ("proposed", rx.fragment(_confirm(), _again())),
        ("confirmed", rx.fragment(_publish(), _again())),
        ("published", rx.el.div(_new_version(), _withdraw(), class_name="deeds")),
        ("withdrawn", rx.el.div(_new_version(), class_name="deeds")),
        rx.fragment(),
    )


def _form(*fields: rx.Component, text: Any, verb: str, on_submit: Any) -> rx.Component:
    return rx.el.form(
        rx.el.p(text, class_name="soft"),
        *fields,
        button(verb, type="submit"),
        on_submit=on_submit,
        no_validate=True,
        class_name="step-form",
    )


def _propose() -> rx.Component:
    return _form(text=texts.PROPOSE_TEXT, verb=texts.PROPOSE, on_submit=PrizesState.propose)


def _confirm() -> rx.Component:
    state = PrizesState
    form = _form(fresh_code("code-confirm"), text=texts.CONFIRM_TEXT, verb=texts.CONFIRM, on_submit=state.confirm)
    own = rx.el.p(texts.CONFIRM_OWN, class_name="soft")
    return rx.cond(state.own, own, rx.cond(state.open_ties, rx.fragment(), form))


def _publish() -> rx.Component:
    state = PrizesState
    text = rx.cond(state.withdrawal, texts.PUBLISH_WITHDRAWAL, texts.PUBLISH_TEXT)
    return _form(fresh_code("code-publish"), text=text, verb=texts.PUBLISH, on_submit=state.publish)


def _again() -> rx.Component:
    return rx.el.div(
        deed(
            rx.cond(PrizesState.replaces, _public_reason("reason-again"), rx.fragment()),
            verb=texts.PROPOSE_AGAIN,
            on_submit=PrizesState.propose,
            title=texts.PROPOSE_AGAIN,
            text=texts.PROPOSE_AGAIN_TEXT,
        ),
        class_name="deeds",
    )


def _new_version() -> rx.Component:
    return deed(
        _public_reason("reason-new"),
        verb=texts.PROPOSE_NEW,
        on_submit=PrizesState.propose,
        title=texts.PROPOSE_NEW,
        text=texts.PROPOSE_NEW_TEXT,
    )


def _withdraw() -> rx.Component:
    return deed(
        _public_reason("reason-withdraw"),
        verb=texts.WITHDRAW,
        on_submit=PrizesState.withdraw,
        title=texts.WITHDRAW_TITLE,
        text=texts.WITHDRAW_TEXT,
    )


def _public_reason(identifier: str) -> rx.Component:
    return text_field(texts.REASON, "reason", id=identifier, hint=texts.REASON_PUBLIC_HINT, max_length=300)


def _versions() -> rx.Component:
    state = PrizesState
    return card(
        rx.cond(
            state.versions,
            rx.el.ul(rx.foreach(state.versions, _version), class_name="lines"),
            rx.el.p(texts.VERSIONS_NONE, class_name="soft"),
        ),
        heading=texts.VERSIONS,
    )


def _version(one: VersionView) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(one.title), state_pill(one.state, one.tone), class_name="row"),
        rx.cond(one.reason != "", rx.el.span(one.reason, class_name="soft")),
        rx.foreach(one.steps, lambda said: rx.el.span(said, class_name="fine tabular")),
        key=one.title,
    )


def _list() -> rx.Component:
    state = PrizesState
    return table_views(
        texts.VIEWS_LABEL, state.views, rx.cond(state.of_skipped, _skipped(), rx.foreach(state.kinds, _kind))
    )


def _kind(kind: KindView) -> rx.Component:
    return card(
        rx.cond(kind.missing != "", notice(kind.missing, "gold")),
        rx.el.ul(rx.foreach(kind.prizes, _prize), class_name="prizes"),
        heading=kind.name,
        key=kind.name,
    )


def _prize(prize: PrizeView) -> rx.Component:
    return rx.el.li(
        rx.el.h3(prize.title),
        rx.cond(
            prize.winners,
            rx.el.ol(rx.foreach(prize.winners, _entrant), class_name="lines people"),
            rx.el.p(texts.NOBODY, class_name="soft"),
        ),
        rx.cond(prize.decision != "", rx.el.p(prize.decision, class_name="fine")),
        rx.cond(prize.tie != "", _tie(prize)),
        rx.cond(prize.waiting != "", notice(prize.waiting, "gold")),
        rx.cond(prize.shortfall != "", notice(prize.shortfall)),
        key=prize.code,
        class_name="prize",
    )


def _entrant(one: EntrantView) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.name),
        rx.el.span(one.detail, class_name="soft"),
        rx.el.span(one.facts, class_name="fine tabular"),
        key=one.field,
    )


def _tie(prize: PrizeView) -> rx.Component:
    boxes = rx.foreach(prize.tied, _box)
    return rx.fragment(
        notice(prize.tie, "gold"),
        rx.cond(
            PrizesState.may_run,
            rx.el.form(
                rx.el.input(type="hidden", name="quota", value=prize.code, read_only=True),
                rx.el.fieldset(rx.el.legend(texts.TIE_TITLE, class_name="label"), boxes, class_name="boxes"),
                text_field(texts.REASON, "reason", id=f"reason-{prize.code}", hint=texts.REASON_HINT, max_length=300),
                button(texts.DECIDE, kind="ghost", small=True, type="submit"),
                on_submit=PrizesState.decide,
                no_validate=True,
                class_name="step-form",
            ),
            rx.el.ul(rx.foreach(prize.tied, _entrant), class_name="lines people"),
        ),
    )


def _box(one: EntrantView) -> rx.Component:
    words = rx.el.span(
        rx.el.b(one.name),
        rx.el.span(one.detail, class_name="soft block"),
        rx.el.span(one.facts, class_name="fine block"),
    )
    return check_field(words, one.field, key=one.field)


def _skipped() -> rx.Component:
    state = PrizesState
    return card(
        rx.el.p(rx.cond(state.any, texts.SKIPPED_TEXT, texts.SKIPPED_NONE), class_name="soft"),
        rx.cond(state.any, _skipped_table()),
        heading=texts.SKIPPED,
    )


def _skipped_table() -> rx.Component:
    state = PrizesState
    filters = [
        table_filter(label, name, everything, state.choices[name], state.table.filters[name])
        for label, name, everything in (
            (texts.FILTER_KIND, "loai", texts.ALL_KINDS),
            (texts.FILTER_REASON, "ly-do", texts.ALL_REASONS),
        )
    ]
    return rx.fragment(
        table_search(state.table, *filters, label=texts.SEARCH, on_submit=state.search),
        rx.cond(
            state.skipped,
            sorted_table(texts.SKIPPED_CAPTION, state.table, rows=state.skipped, row=_skipped_row),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT_SKIPPED),
    )


def _skipped_row(one: SkippedView) -> rx.Component:
    return rx.el.tr(
        rx.el.td(one.prize, rx.el.span(one.kind, class_name="fine block")),
        rx.el.th(
            one.name,
            rx.cond(one.masked != "", rx.el.span(one.masked, class_name="fine block tabular")),
            rx.cond(one.unit != "", rx.el.span(one.unit, class_name="fine block")),
            rx.el.span(one.facts, class_name="fine block tabular"),
            scope="row",
            class_name="roomy",
        ),
        rx.el.td(one.place, class_name="num tabular"),
        rx.el.td(one.reason),
        key=one.key,
    )
