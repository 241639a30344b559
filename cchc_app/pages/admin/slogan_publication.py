"""/quan-tri/khau-hieu/cong-bo: the judges' result, its files, its publication."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import fresh_code, table
from cchc_app.components.controls import button, card, empty_state, link_button, notice, skeleton, text_area
from cchc_app.components.slogans import sections, slogan_text, state_pill
from cchc_app.components.tables import file_link
from cchc_app.states.admin.slogan_publication import AwardView, PastView, ResultView, SloganPublicationState
from cchc_app.texts import slogan_desk as texts


def slogan_publication() -> rx.Component:
    """For organisers and auditors."""
    state = SloganPublicationState
    return layout.desk(
        sections("publish"),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.loaded, rx.cond(state.results, _result(), _waiting()), skeleton(5)),
        title=texts.LIST,
        active="slogans",
    )


def _waiting() -> rx.Component:
    return empty_state(texts.PUBLISH_WAITS_TITLE, texts.PUBLISH_WAITS, drawing="slogan")


def _result() -> rx.Component:
    return rx.fragment(rx.el.div(_awards(), _publish(), class_name="desk-pair"), _scores(), _history())


def _awards() -> rx.Component:
    state = SloganPublicationState
    return card(
        rx.cond(
            state.has_prizes,
            rx.el.ol(rx.foreach(state.awards, _award), aria_label=texts.PUBLISH_AWARDS_CAPTION, class_name="lines"),
            rx.el.p(texts.PUBLISH_NO_PRIZES, class_name="soft"),
        ),
        heading=texts.PUBLISH_AWARDS,
    )


def _award(award: AwardView) -> rx.Component:
    return rx.el.li(
        rx.el.b(award.prize),
        rx.cond(~award.settled, state_pill(texts.UNDECIDED, rx.Var.create("gold"))),
        rx.el.span(slogan_text(award.text)),
        rx.el.span(award.code, " · ", award.unit, " · ", award.score, class_name="fine tabular"),
        key=award.key,
    )


def _publish() -> rx.Component:
    state = SloganPublicationState
    return card(
        rx.el.p(texts.PUBLISH_INTRO, class_name="soft"),
        rx.cond(state.obstacle != "", notice(state.obstacle, "gold", code=state.obstacle_code)),
        rx.cond(
            state.may_run & (state.obstacle == ""),
            rx.el.form(
                text_area(texts.NOTE, "note", hint=texts.NOTE_HINT, max_length=300),
                fresh_code("code-publish"),
                button(texts.PUBLISH, type="submit"),
                on_submit=state.publish,
                no_validate=True,
                class_name="step-form",
            ),
        ),
        rx.cond(~state.may_run, rx.el.p(texts.ONLY_READING, class_name="soft")),
        rx.el.div(
            file_link(texts.EXPORT_RESULTS, routes.SLOGAN_RESULTS_FILE),
            file_link(texts.EXPORT_MINUTES, routes.SLOGAN_MINUTES_FILE),
            rx.cond(state.history, link_button(texts.SEE_GALLERY, routes.SLOGAN_RESULTS, kind="quiet", small=True)),
            class_name="flex flex-wrap gap-2",
        ),
        heading=texts.PUBLISH_TITLE,
    )


def _scores() -> rx.Component:
    return card(
        table(
            texts.PUBLISH_RESULTS_CAPTION,
            texts.COLUMN_RANK,
            texts.COLUMN_CODE,
            texts.COLUMN_TEXT,
            texts.COLUMN_SCORE,
            texts.COLUMN_JUDGES,
            texts.COLUMN_SPREAD,
            rows=SloganPublicationState.results,
            row=_score,
        ),
        heading=texts.PUBLISH_RESULTS,
    )


def _score(one: ResultView) -> rx.Component:
    return rx.el.tr(
        rx.el.td(one.rank, class_name="num tabular"),
        rx.el.td(one.code, class_name="tabular nowrap"),
        rx.el.td(slogan_text(one.text), rx.el.span(one.unit, class_name="fine block")),
        rx.el.td(rx.el.b(one.score), class_name="num tabular"),
        rx.el.td(rx.el.ul(rx.foreach(one.judges, rx.el.li)), class_name="tabular"),
        rx.el.td(
            one.spread,
            rx.cond(one.talk, rx.el.span(state_pill(texts.TALK, rx.Var.create("gold")), class_name="block")),
            rx.el.ul(rx.foreach(one.notes, lambda note: rx.el.li(note, class_name="fine"))),
            class_name="tabular",
        ),
        key=one.code,
    )


def _history() -> rx.Component:
    return card(
        rx.cond(
            SloganPublicationState.history,
            rx.el.ul(rx.foreach(SloganPublicationState.history, _past), class_name="lines"),
            rx.el.p(texts.HISTORY_NONE, class_name="soft"),
        ),
        heading=texts.HISTORY,
    )


def _past(one: PastView) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.said), rx.cond(one.note != "", rx.el.span(one.note, class_name="soft")), key=one.version
    )
