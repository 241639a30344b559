"""/quan-tri/ma-don-vi: codes of units, made and printed; representatives, appointed and dismissed."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import print_button
from cchc_app.components.controls import button, card, link, link_button, notice, skeleton, text_field
from cchc_app.components.slogans import state_pill
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search, tick_cell
from cchc_app.states.admin.unit_codes import SAID, CandidateView, SheetCard, TermView, UnitCodesState, WriterRow
from cchc_app.texts import code_sheet as texts
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import slogan_desk as words


def unit_codes() -> rx.Component:
    """For organisers; auditors read."""
    state = UnitCodesState
    return layout.desk(
        rx.el.div(
            rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
            rx.cond(state.done != "", notice(state.done, "right")),
            id=SAID,
            tab_index=-1,
            class_name="said",
        ),
        rx.cond(state.sheet, _sheet()),
        rx.cond(state.chosen.code != "", _panel()),
        card(
            rx.el.p(texts.INTRO, class_name="soft"),
            table_search(
                state.table,
                table_filter(
                    texts.FILTER_WRITER,
                    "dai-dien",
                    texts.ALL_WRITERS,
                    state.writers,
                    state.table.filters["dai-dien"],
                ),
                table_filter(words.FILTER_BLOC, "khoi", words.ALL_BLOCS, state.blocs, state.table.filters["khoi"]),
                label=texts.SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _list(), skeleton(5)),
        ),
        title=texts.TITLE,
        active="codes",
    )


def _list() -> rx.Component:
    state = UnitCodesState
    return rx.el.form(
        rx.cond(
            state.rows,
            rx.cond(state.may_run, _table(texts.COLUMN_CHOOSE), _table()),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=list_texts.EXPORT),
        rx.cond(state.may_run, _make()),
        on_submit=state.make_chosen,
        class_name="code-form",
    )


def _table(*before: str) -> rx.Component:
    state = UnitCodesState
    after = (texts.COLUMN_WRITER,)
    return sorted_table(texts.CAPTION, state.table, before=before, after=after, rows=state.rows, row=_row)


def _make() -> rx.Component:
    state = UnitCodesState
    return rx.el.div(
        rx.el.p(texts.MAKE_TEXT, class_name="soft"),
        button(texts.MAKE_CHOSEN, kind="ghost", small=True, type="submit"),
        rx.cond(
            state.make_missing != "",
            # Folded: one slip would void every sheet that is out.
            rx.el.details(
                rx.el.summary(texts.MAKE_MISSING_TITLE),
                button(state.make_missing, kind="ghost", small=True, on_click=state.make_for_missing),
                class_name="deed",
            ),
        ),
        class_name="action-bar",
    )


def _row(row: WriterRow) -> rx.Component:
    return rx.el.tr(
        rx.cond(
            UnitCodesState.may_run,
            tick_cell(row.box, row.choose),
        ),
        rx.el.th(
            link(row.unit, href=row.href, class_name="row-link"),
            rx.el.span(row.bloc, class_name="fine block"),
            scope="row",
        ),
        rx.el.td(row.code_since, class_name="tabular"),
        rx.el.td(state_pill(row.writer, row.tone), rx.el.span(row.names, class_name="block")),
        key=row.code,
    )


def _panel() -> rx.Component:
    state, chosen = UnitCodesState, UnitCodesState.chosen
    return card(
        rx.el.div(
            rx.el.h2(chosen.unit),
            link_button(texts.PANEL_CLOSE, state.back, kind="quiet", small=True),
            class_name="row",
        ),
        rx.el.h3(texts.TERMS),
        rx.cond(
            chosen.terms,
            rx.el.ul(rx.foreach(chosen.terms, _term), class_name="papers"),
            rx.el.p(texts.TERMS_NONE, class_name="soft"),
        ),
        rx.cond(state.may_run, _appoint()),
        key=chosen.code,
    )


def _term(term: TermView) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(term.name), " ", rx.el.span(term.said, class_name="fine")),
        rx.cond(
            UnitCodesState.may_run,
            button(
                rx.fragment(texts.DISMISS, rx.el.span(" ", term.name, class_name="sr-only")),
                kind="quiet",
                small=True,
                on_click=UnitCodesState.dismiss(term.place),
            ),
        ),
        key=term.place,
        class_name="row",
    )


def _appoint() -> rx.Component:
    state = UnitCodesState
    return rx.fragment(
        rx.el.h3(texts.APPOINT_TITLE),
        rx.el.form(
            text_field(texts.APPOINT_SEARCH, "name", hint=texts.APPOINT_HINT, type="search", max_length=60),
            button(words.SEARCH_BUTTON, kind="ghost", small=True, type="submit"),
            on_submit=state.find_people,
            role="search",
            class_name="log-search",
        ),
        rx.cond(
            state.people,
            rx.el.ul(rx.foreach(state.people, _candidate), class_name="papers"),
            rx.el.p(texts.NO_CANDIDATES, class_name="soft"),
        ),
    )


def _candidate(person: CandidateView) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(person.name), " ", rx.el.span(person.masked, class_name="fine tabular")),
        button(
            rx.fragment(texts.APPOINT, rx.el.span(" ", person.name, class_name="sr-only")),
            kind="quiet",
            small=True,
            on_click=UnitCodesState.appoint(person.place),
        ),
        key=person.place,
        class_name="row",
    )


def _sheet() -> rx.Component:
    state = UnitCodesState
    return rx.el.section(
        rx.el.div(
            rx.el.h2(texts.SHEET_TITLE),
            notice(texts.SHEET_NOTE, "gold"),
            rx.el.div(
                print_button(texts.PRINT),
                button(texts.SHEET_DONE, kind="quiet", small=True, on_click=state.put_away),
                class_name="flex flex-wrap gap-2",
            ),
            class_name="card screen-only",
        ),
        rx.el.ul(rx.foreach(state.sheet, _card), class_name="code-cards"),
        class_name="code-sheet",
    )


def _card(one: SheetCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(texts.CARD_HEAD, class_name="fine"),
            rx.el.h3(one.unit),
            rx.el.p(texts.CARD_CODE, ": ", rx.el.code(one.code, class_name="unit-code")),
            rx.el.ol(*[rx.el.li(step) for step in texts.CARD_STEPS]),
            rx.el.p(one.address, class_name="fine"),
            rx.el.p(texts.CARD_ONCE, class_name="fine"),
        ),
        rx.el.img(src=one.qr, alt=texts.CARD_QR),
        key=one.code,
        class_name="code-card",
    )
