"""/quan-tri/vong-cham: the organisers' page of judging."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import table
from cchc_app.components.controls import (
    button,
    card,
    check_field,
    notice,
    options_of,
    pill,
    select_field,
    skeleton,
    text_field,
)
from cchc_app.components.tables import sort_links, table_filter, table_foot, table_search
from cchc_app.states.admin.judging_rounds import JudgingRoundsState
from cchc_app.states.admin.judging_rounds_views import JudgeView, PanelView, ResultView, RoundView, SeatView
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import judging as texts


def judging_rounds() -> rx.Component:
    """For organisers, and for auditors to read."""
    state = JudgingRoundsState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(
            state.phase == "loading",
            skeleton(4),
            rx.fragment(
                _phase(),
                rx.cond(state.any, _search()),
                rx.cond(state.results, _results()),
                rx.cond((state.phase == "closed") & state.may_run, _ties()),
                rx.cond(state.chosen.code != 0, _panel()),
                rx.cond(state.panels, _panels()),
                _judges(),
                rx.cond(state.may_run, _note_conflict()),
                rx.cond(state.may_run & (state.lifts.length() > 0), _lift_conflict()),
                rx.cond(state.rounds, _rounds()),
            ),
        ),
        title=texts.ROUNDS_TITLE,
        active="rounds",
    )


def _search() -> rx.Component:
    """What the two lists below are searched, filtered and ordered by."""
    state, chosen = JudgingRoundsState, JudgingRoundsState.table.filters
    left, talk = state.choices["tien-do"], state.choices["trao-doi"]
    return card(
        table_search(
            state.table,
            table_filter(list_texts.JUDGED_LEFT, "tien-do", list_texts.JUDGED_ALL_LEFT, left, chosen["tien-do"]),
            table_filter(list_texts.JUDGED_TALK, "trao-doi", list_texts.JUDGED_ALL_TALK, talk, chosen["trao-doi"]),
            label=list_texts.JUDGED_SEARCH,
            on_submit=state.search,
        ),
        sort_links(list_texts.SORT_BY, state.table),
        table_foot(state.table, export=list_texts.EXPORT),
    )


def _phase() -> rx.Component:
    """Where judging is, and the one thing to do about it."""
    state = JudgingRoundsState
    return card(
        rx.foreach(state.facts, rx.el.p),
        rx.cond((state.phase == "open") & ~state.ready, rx.el.p(texts.RESULTS_HIDDEN, class_name="soft")),
        rx.cond(
            state.may_run,
            rx.match(
                state.phase,
                (
                    "before",
                    _asked("open", texts.OPEN_ROUND, texts.OPEN_QUESTION, texts.OPEN_CONFIRM, state.open_main),
                ),
                (
                    "open",
                    _asked("close", texts.CLOSE_ROUND, texts.CLOSE_QUESTION, texts.CLOSE_CONFIRM, state.close_round),
                ),
                rx.fragment(),
            ),
        ),
        heading=rx.cond(state.phase == "before", texts.BEFORE_TITLE, texts.ROUNDS_TITLE),
    )


def _asked(what: str, verb: str, question: str, confirm: str, on_confirm) -> rx.Component:
    """A button that asks once; the main one of the page when it can be done now."""
    state = JudgingRoundsState
    return rx.cond(
        state.asking == what,
        rx.el.div(
            rx.el.p(rx.el.b(question)),
            rx.el.div(
                button(texts.CANCEL, kind="ghost", small=True, on_click=state.ask("")),
                button(confirm, small=True, on_click=on_confirm),
                class_name="judging-buttons start",
            ),
            role="group",
            aria_label=verb,
            class_name="judging-question",
        ),
        rx.el.div(
            rx.cond(
                state.ready,
                button(verb, small=True, on_click=state.ask(what)),
                button(verb, kind="ghost", small=True, on_click=state.ask(what)),
            ),
            class_name="judging-buttons start",
        ),
    )


def _rounds() -> rx.Component:
    return card(
        table(
            texts.ROUNDS_CAPTION,
            texts.COLUMN_ROUND,
            texts.COLUMN_OPENED,
            texts.COLUMN_CLOSED,
            rows=JudgingRoundsState.rounds,
            row=_round,
        ),
        heading=texts.ROUNDS_CAPTION,
    )


def _round(one: RoundView) -> rx.Component:
    return rx.el.tr(rx.el.th(one.name, scope="row"), rx.el.td(one.opened), rx.el.td(one.closed), key=one.name)


def _judges() -> rx.Component:
    state = JudgingRoundsState
    return card(
        rx.cond(
            state.judges,
            table(
                texts.JUDGES_CAPTION,
                texts.COLUMN_JUDGE,
                texts.COLUMN_LOAD,
                texts.COLUMN_SCORED,
                texts.COLUMN_SUBMITTED,
                texts.COLUMN_CONFLICTS,
                numbers=(texts.COLUMN_LOAD, texts.COLUMN_SCORED, texts.COLUMN_SUBMITTED),
                rows=state.judges,
                row=_judge,
            ),
            rx.el.p(texts.NO_JUDGES, class_name="soft"),
        ),
        heading=texts.JUDGES,
    )


def _judge(judge: JudgeView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            judge.name,
            rx.el.span(judge.username, class_name="fine block"),
            rx.cond(~judge.enabled, pill(texts.JUDGE_DISABLED, "wrong")),
            scope="row",
        ),
        rx.el.td(judge.given, class_name="num tabular"),
        rx.el.td(judge.scored, class_name="num tabular"),
        rx.el.td(judge.submitted, class_name="num tabular"),
        rx.el.td(
            rx.foreach(judge.conflicts, rx.el.p),
            rx.cond(~judge.says_who, rx.el.p(texts.NO_NUMBER, class_name="fine")),
        ),
        key=judge.username,
    )


def _note_conflict() -> rx.Component:
    state = JudgingRoundsState
    return card(
        rx.el.p(texts.NOTE_CONFLICT_HINT, class_name="soft"),
        rx.el.form(
            select_field(texts.COLUMN_JUDGE, "judge", _judge_options(), id="conflict-judge"),
            select_field(texts.UNIT, "unit", options_of(state.units, first=texts.CHOOSE_UNIT)),
            text_field(texts.CONFLICT_REASON, "reason", max_length=300),
            button(texts.SAVE_CONFLICT, kind="ghost", small=True, type="submit"),
            on_submit=state.note_conflict,
            key=state.deeds,
            no_validate=True,
            class_name="judging-form",
        ),
        heading=texts.NOTE_CONFLICT,
    )


def _lift_conflict() -> rx.Component:
    state = JudgingRoundsState
    return card(
        rx.el.p(texts.LIFT_CONFLICT_HINT, class_name="soft"),
        rx.el.form(
            select_field(texts.CONFLICT, "conflict", options_of(state.lifts, first=texts.CHOOSE_CONFLICT)),
            text_field(texts.LIFT_REASON, "reason", id="lift-reason", max_length=300),
            button(texts.LIFT, kind="ghost", small=True, type="submit"),
            on_submit=state.lift_conflict,
            key=state.deeds,
            no_validate=True,
            class_name="judging-form",
        ),
        heading=texts.LIFT_CONFLICT,
    )


def _judge_options() -> list[Any]:
    judges = JudgingRoundsState.judges
    return [
        _unchosen(),
        rx.foreach(judges, lambda judge: rx.el.option(judge.name, " (", judge.username, ")", value=judge.username)),
    ]


def _seat_option(seat: SeatView) -> rx.Component:
    return rx.el.option(seat.name, " (", seat.username, ")", value=seat.username, disabled=~seat.free)


def _unchosen() -> rx.Component:
    return rx.el.option(texts.CHOOSE_JUDGE, value="")


def _panels() -> rx.Component:
    return card(
        table(
            texts.ASSIGNMENTS_CAPTION,
            texts.COLUMN_CODE,
            texts.COLUMN_UNIT,
            texts.COLUMN_JUDGES,
            texts.COLUMN_ACTION,
            rows=JudgingRoundsState.panels,
            row=_row_of_panel,
        ),
        heading=texts.ASSIGNMENTS,
    )


def _row_of_panel(panel: PanelView) -> rx.Component:
    state = JudgingRoundsState
    return rx.el.tr(
        rx.el.th(panel.name, scope="row", class_name="tabular nowrap"),
        rx.el.td(panel.unit, rx.cond(panel.disqualified, pill(texts.DISQUALIFIED, "wrong"))),
        rx.el.td(rx.el.ul(rx.foreach(panel.seats, _seat), class_name="judging-seats")),
        rx.el.td(
            rx.cond(
                state.may_run & (state.phase == "open"),
                button(
                    rx.fragment(texts.CHANGE, rx.el.span(" ", panel.name, class_name="sr-only")),
                    kind="quiet",
                    small=True,
                    on_click=state.choose(panel.code),
                ),
            )
        ),
        key=panel.code,
    )


def _seat(seat: SeatView) -> rx.Component:
    return rx.el.li(
        rx.el.span(seat.name, " ", rx.el.span(seat.username, class_name="fine")),
        rx.el.span(seat.state, class_name="pill " + seat.tone),
        key=seat.username,
    )


def _panel() -> rx.Component:
    """Who judges the chosen slogan may be changed here."""
    state = JudgingRoundsState
    chosen = state.chosen
    return card(
        rx.el.h2(texts.CHANGE_OF, " ", chosen.name),
        rx.el.p(chosen.unit, class_name="soft"),
        rx.el.ul(rx.foreach(chosen.seats, _seat), class_name="judging-seats"),
        rx.el.p(texts.CHANGE_NOTE, class_name="fine"),
        rx.el.form(
            rx.el.input(type="hidden", name="code", value=chosen.code.to(str), read_only=True),
            select_field(texts.CHANGE_FROM, "judge", [_unchosen(), rx.foreach(chosen.seats, _seat_option)]),
            select_field(texts.CHANGE_TO, "to", _judge_options()),
            button(texts.CHANGE_SAVE, kind="ghost", small=True, type="submit"),
            on_submit=state.reassign,
            no_validate=True,
            class_name="judging-form",
        ),
        button(texts.CLOSE_PANEL, kind="quiet", small=True, on_click=state.choose(0)),
        key=chosen.code,
    )


def _results() -> rx.Component:
    state = JudgingRoundsState
    return card(
        rx.el.p(state.order, class_name="fine"),
        table(
            texts.RESULTS_CAPTION,
            texts.COLUMN_RANK,
            texts.COLUMN_TEXT,
            texts.COLUMN_SCORES,
            texts.COLUMN_SCORE,
            texts.COLUMN_SPREAD,
            texts.COLUMN_TIES,
            rows=state.results,
            row=_result,
        ),
        heading=texts.RESULTS,
    )


def _result(one: ResultView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.rank, rx.cond(one.tied, " =", ""), scope="row", class_name="tabular nowrap"),
        rx.el.td(
            rx.el.p(rx.el.b(one.name, class_name="tabular"), " · ", one.unit, class_name="fine"),
            rx.el.p(one.text),
            class_name="judging-wide",
        ),
        rx.el.td(rx.foreach(one.scores, lambda score: rx.el.p(score, class_name="tabular nowrap"))),
        rx.el.td(rx.el.b(one.score, class_name="tabular")),
        rx.el.td(
            rx.el.span(one.spread, class_name="tabular"),
            rx.cond(
                one.talk,
                rx.cond(one.talked, pill(texts.TALKED, "right"), pill(texts.NEEDS_TALK, "gold")),
            ),
        ),
        rx.el.td(one.ties, class_name="tabular"),
        key=one.code,
    )


def _ties() -> rx.Component:
    state = JudgingRoundsState
    return card(
        rx.cond(
            state.ties,
            rx.el.form(
                rx.el.p(texts.TIES_TEXT, class_name="soft"),
                rx.foreach(state.ties, lambda tie: check_field(tie.text, tie.field)),
                button(texts.OPEN_TIE, small=True, type="submit"),
                on_submit=state.open_tie,
                no_validate=True,
                class_name="judging-form",
            ),
            rx.el.p(texts.NO_TIES, class_name="soft"),
        ),
        heading=texts.TIES,
    )
