"""/quan-tri/cham-khau-hieu: a judge's desk."""

import reflex as rx

from cchc_app import layout
from cchc_app.components import judging as parts
from cchc_app.components.controls import (
    button,
    card,
    empty_state,
    notice,
    pill,
    skeleton,
    tab,
    tabs,
    text_area,
    text_field,
)
from cchc_app.states.admin.judging import JudgeDeskState
from cchc_app.states.admin.judging_views import ComparedView, NoteView
from cchc_app.texts import judging as texts


def judge_desk() -> rx.Component:
    """For judges."""
    state = JudgeDeskState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.rounds.length() > 1, _rounds()),
        rx.match(
            state.screen,
            ("score", _scoring()),
            ("waiting", _waiting()),
            ("compare", _comparison()),
            ("none", rx.cond(state.notice == "", empty_state(texts.NO_TASKS_TITLE, texts.NO_TASKS_TEXT))),
            skeleton(4),
        ),
        title=texts.DESK_TITLE,
        active="judging",
    )


def _rounds() -> rx.Component:
    return tabs(
        texts.ROUND_TABS,
        rx.foreach(
            JudgeDeskState.rounds,
            lambda one: tab(
                one.name,
                current=one.number == JudgeDeskState.number,
                on_click=JudgeDeskState.show_round(one.number),
                key=one.number,
            ),
        ),
    )


def _scoring() -> rx.Component:
    state = JudgeDeskState
    return rx.el.div(
        rx.el.div(
            parts.progress_bar(state.progress.done, state.progress.total, state.progress.text),
            parts.slogan_card(state.task.name, state.task.place, state.task.text, state.task.skipped),
            _criteria(),
            _comment(),
            _step_back(),
            _bar(),
            class_name="judging-main",
        ),
        card(
            parts.task_list(state.tasks, state.task.code, on_open=state.open_task),
            rx.el.p(texts.BLIND, class_name="fine"),
            heading=texts.TASK_LIST,
            class_name="judging-side",
        ),
        class_name="judging",
    )


def _criteria() -> rx.Component:
    state = JudgeDeskState
    return rx.el.div(
        rx.foreach(
            state.criteria,
            lambda one: parts.criterion(
                one,
                state.scale,
                code=state.task.code,
                refusals=state.refusals,
                on_give=lambda points: state.give(state.task.code, one.code, points),
            ),
        ),
        class_name="judging-criteria",
    )


def _comment() -> rx.Component:
    state = JudgeDeskState
    return rx.el.div(
        text_area(
            texts.COMMENT,
            "comment",
            hint=texts.COMMENT_HINT,
            default_value=state.task.comment,
            on_change=state.write_comment(state.task.code).debounce(900),
            max_length=1000,
            rows=2,
        ),
        key="comment-" + state.task.code.to(str) + "-" + state.refusals.to(str),
    )


def _step_back() -> rx.Component:
    state = JudgeDeskState
    return rx.el.details(
        rx.el.summary(texts.CONFLICT_TITLE, class_name="more"),
        rx.el.form(
            rx.el.p(texts.CONFLICT_TEXT, class_name="soft"),
            rx.el.input(type="hidden", name="code", value=state.task.code.to(str), read_only=True),
            text_field(texts.CONFLICT_REASON, "reason", max_length=300),
            button(texts.CONFLICT_SEND, kind="ghost", small=True, type="submit"),
            on_submit=state.step_back,
            no_validate=True,
            class_name="judging-form",
        ),
        key="conflict-" + state.task.code.to(str),
    )


def _bar() -> rx.Component:
    """What comes next, within reach: put off or go on; hand in when all is judged."""
    state = JudgeDeskState
    complete = state.progress.done == state.progress.total
    return rx.el.div(
        rx.el.p(
            rx.cond(state.saved != "", state.saved, texts.SCALE_HINT),
            role="status",
            class_name="judging-saved tabular",
        ),
        rx.cond(
            state.confirming,
            rx.el.div(
                rx.el.p(rx.el.b(texts.SUBMIT_QUESTION)),
                rx.el.div(
                    button(texts.SUBMIT_CANCEL, kind="ghost", on_click=state.ask(False)),
                    button(texts.SUBMIT_CONFIRM, on_click=state.hand_in),
                    class_name="judging-buttons",
                ),
                role="group",
                aria_label=texts.SUBMIT,
                class_name="judging-question",
            ),
            rx.el.div(
                rx.cond(
                    state.task.complete,
                    rx.cond(~complete, button(texts.NEXT, on_click=state.open_task(0))),
                    rx.fragment(
                        button(texts.SKIP, kind="ghost", on_click=state.put_off(state.task.code, True)),
                        rx.cond(
                            state.task.skipped,
                            button(texts.UNSKIP, kind="quiet", on_click=state.put_off(state.task.code, False)),
                        ),
                    ),
                ),
                rx.cond(complete, button(texts.SUBMIT, on_click=state.ask(True))),
                class_name="judging-buttons",
            ),
        ),
        class_name="judging-foot",
    )


def _waiting() -> rx.Component:
    state = JudgeDeskState
    return card(
        rx.el.p(state.waiting),
        rx.el.h3(texts.OWN_SCORES),
        rx.el.ul(
            rx.foreach(
                state.tasks,
                lambda task: rx.el.li(
                    rx.el.b(task.name, class_name="tabular"),
                    rx.el.span(task.total, class_name="tabular"),
                    key=task.code,
                ),
            ),
            class_name="lines",
        ),
        button(texts.CHECK_AGAIN, kind="ghost", small=True, on_click=state.load),
        heading=texts.WAITING_TITLE,
    )


def _comparison() -> rx.Component:
    state = JudgeDeskState
    return rx.fragment(
        rx.cond(state.saved != "", notice(state.saved, "right")),
        rx.el.section(
            rx.el.h2(texts.COMPARE_TITLE), rx.el.p(texts.COMPARE_TEXT, class_name="soft"), class_name="judging-intro"
        ),
        rx.foreach(state.compared, _compared),
    )


def _compared(one: ComparedView) -> rx.Component:
    return rx.el.section(
        rx.el.p(
            rx.el.b(one.name, class_name="eyebrow tabular"),
            rx.cond(one.talk, pill(texts.NEEDS_TALK, "gold")),
            class_name="row",
        ),
        rx.el.h3(one.text, class_name="judging-said"),
        parts.scores_table(one, JudgeDeskState.criteria),
        rx.el.p(
            texts.SCORE,
            " ",
            rx.el.b(one.score, class_name="tabular"),
            " · ",
            texts.SPREAD,
            " ",
            rx.el.b(one.spread, class_name="tabular"),
        ),
        rx.foreach(
            one.scores,
            lambda score: rx.cond(
                score.comment != "", rx.el.p(rx.el.b(score.name), ": ", score.comment, class_name="soft")
            ),
        ),
        rx.cond(one.notes, rx.el.ul(rx.foreach(one.notes, _note), class_name="judging-notes")),
        _note_form(one),
        key=one.code,
        class_name="card",
    )


def _note(note: NoteView) -> rx.Component:
    return rx.el.li(rx.el.p(note.text), rx.el.p(note.said, class_name="fine"))


def _note_form(one: ComparedView) -> rx.Component:
    return rx.el.details(
        rx.el.summary(texts.NOTES, class_name="more judging-more"),
        rx.el.form(
            rx.el.input(type="hidden", name="code", value=one.code.to(str), read_only=True),
            rx.el.input(type="hidden", name="number", value=JudgeDeskState.number.to(str), read_only=True),
            rx.el.label(
                rx.el.span(texts.NOTE, class_name="label"),
                rx.el.textarea(name="text", max_length=1000, rows=2, class_name="input"),
                class_name="field",
            ),
            button(texts.NOTE_SEND, kind="ghost", small=True, type="submit"),
            on_submit=JudgeDeskState.write_note,
            key=one.notes.length(),  # empty again once its note is kept, as typed when that was refused
            no_validate=True,
            class_name="judging-form",
        ),
        open=one.talk,
    )
