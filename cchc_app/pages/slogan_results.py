"""/khau-hieu/ket-qua: the published slogans, winners first."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import button, card, copy_button, empty_state, link_button, notice, pill, text_field
from cchc_app.components.slogans import slogan_text
from cchc_app.states.slogan_gallery import BlocView, GalleryRow, SloganGalleryState
from cchc_app.texts import slogan_results as texts


def slogan_results() -> rx.Component:
    """Public."""
    state = SloganGalleryState
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.match(
            state.screen,
            ("gallery", _gallery()),
            ("waiting", _waiting()),
            ("missing", notice(state.said, "gold")),
            rx.fragment(),
        ),
        active="slogan",
    )


def _waiting() -> rx.Component:
    return empty_state(
        texts.WAITING_TITLE,
        SloganGalleryState.said,
        link_button(texts.TO_ROUND, routes.SLOGAN, kind="ghost"),
        drawing="slogan",
    )


def _gallery() -> rx.Component:
    state = SloganGalleryState
    return rx.fragment(
        rx.el.p(state.said, class_name="fine tabular"),
        rx.cond(state.note != "", notice(state.note)),
        rx.el.form(
            text_field(texts.SEARCH, "search", type="search", max_length=60, enter_key_hint="search"),
            button(texts.SEARCH_BUTTON, kind="ghost", small=True, type="submit"),
            on_submit=state.search,
            role="search",
            class_name="gallery-search",
        ),
        rx.cond(state.winners, _winners()),
        rx.cond(state.blocs, rx.foreach(state.blocs, _bloc)),
        rx.cond(
            ~state.winners.bool() & ~state.blocs.bool(), rx.el.p(texts.NOTHING_FOUND, class_name="soft", role="status")
        ),
    )


def _winners() -> rx.Component:
    return rx.el.section(
        rx.el.h2(texts.WINNERS),
        rx.el.ol(rx.foreach(SloganGalleryState.winners, _winner), class_name="winners"),
        class_name="winners-part",
    )


def _winner(row: GalleryRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(row.settled, pill(row.prize), pill(row.prize, "gold")),
            rx.el.span(row.facts, class_name="fine tabular"),
            class_name="row",
        ),
        rx.el.p(slogan_text(row.text), class_name="winner-text"),
        _who(row),
        rx.el.div(
            rx.cond(
                row.image != "",
                rx.el.a(
                    texts.SHARE,
                    href=row.image,
                    download=row.file,
                    reload_document=True,
                    class_name="btn btn-ghost btn-small",
                ),
            ),
            copy_button(row.text, texts.COPY),
            class_name="flex flex-wrap gap-2",
        ),
        key=row.code,
        class_name="card",
    )


def _bloc(bloc: BlocView) -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(bloc.rows, _slogan), class_name="lines gallery-lines"), heading=bloc.name, key=bloc.name
    )


def _slogan(row: GalleryRow) -> rx.Component:
    return rx.el.li(rx.el.p(slogan_text(row.text)), _who(row), key=row.code)


def _who(row: GalleryRow) -> rx.Component:
    return rx.el.p(
        row.unit, rx.cond(row.author != "", rx.el.span(f" · {texts.AUTHOR}: ", row.author)), class_name="soft"
    )
