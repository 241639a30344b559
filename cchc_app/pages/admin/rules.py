"""/quan-tri/hoi-thi/the-le: new rules in drafts, section by section, and their publication."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.contest_desk import changes, contest_pages, newer, section_tabs, why
from cchc_app.components.controls import button, card, link_button, notice, skeleton, text_area, text_field
from cchc_app.components.rule_forms import Draft, sections
from cchc_app.states.admin.rules import RuleDraftState
from cchc_app.texts import admin as desk_texts
from cchc_app.texts import admin_contest
from cchc_app.texts import admin_rules as texts

State = RuleDraftState


def rule_draft() -> rx.Component:
    """For organisers and auditors."""
    parts = sections(_draft())
    return layout.desk(
        contest_pages("rules"),
        rx.cond(State.notice != "", notice(State.notice, "wrong", code=State.notice_code)),
        rx.cond(State.done != "", notice(State.done, "right")),
        rx.cond(
            State.missing,
            link_button(admin_contest.NEW_CONTEST, routes.NEW_CONTEST, small=True),
            rx.cond(
                State.loaded,
                rx.fragment(
                    rx.el.p(texts.IN_FORCE, " ", rx.el.b(State.version), " · ", State.edited, class_name="soft"),
                    section_tabs(texts.SECTIONS_LABEL, routes.RULE_DRAFT, texts.SECTIONS, State.section),
                    rx.cond(State.needs_note, notice(texts.ALL_NEED_NOTE)),
                    rx.cond(State.newer, _newer()),
                    rx.match(State.section, *parts, ("cong-bo", _publish()), rx.fragment()),
                ),
                skeleton(5),
            ),
        ),
        title=texts.TITLE,
        active="contest",
    )


def _draft() -> Draft:
    return Draft(
        forms=State.draft,
        values=State.values,
        errors=State.errors,
        why=State.why,
        fixed=State.fixed,
        revision=State.revision,
        form_key=State.form_key,
        can_draw=State.can_draw,
        may_edit=State.may_edit,
        save=State.save,
        move=State.move,
        toggle=State.toggle,
    )


def _newer() -> rx.Component:
    rows = changes(State.newer, before=texts.NEWER_BEFORE, after=texts.NEWER_AFTER)
    return newer(texts.NEWER_TITLE, texts.NEWER_TEXT, rows)


def _publish() -> rx.Component:
    return card(
        rx.cond(
            State.changes,
            rx.fragment(
                changes(State.changes),
                rx.cond(~State.can_draw, notice(texts.CANNOT_DRAW, "gold")),
                rx.el.p(texts.PAPERS_KEEP, class_name="soft"),
                rx.cond(State.may_edit, _publication()),
            ),
            rx.el.p(texts.NO_CHANGES, class_name="soft"),
        ),
        heading=texts.PUBLISH_TITLE,
    )


def _publication() -> rx.Component:
    return rx.fragment(
        rx.el.form(
            rx.el.input(type="hidden", name="revision", value=State.revision.to_string(), read_only=True),
            text_area(texts.NOTE, "note", rows="3", max_length=500),
            why(rx.cond(State.needs_note, texts.NOTE_NEEDED, texts.NOTE_FREE)),
            text_field(
                desk_texts.FRESH_CODE,
                "code",
                hint=desk_texts.FRESH_CODE_HINT,
                auto_complete="one-time-code",
                max_length=20,
            ),
            button(texts.PUBLISH, type="submit"),
            on_submit=State.publish,
            no_validate=True,
            class_name="step-form",
        ),
        button(texts.DISCARD, kind="quiet", small=True, on_click=State.discard),
    )
