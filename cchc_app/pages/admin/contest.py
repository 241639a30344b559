"""/quan-tri/hoi-thi: names, texts and files of the contest."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import table
from cchc_app.components.contest_desk import contest_pages, markdown_field, newer, section_tabs
from cchc_app.components.controls import button, card, empty_state, link_button, notice, text_field
from cchc_app.components.people import facts
from cchc_app.components.uploads import size_limit
from cchc_app.states.admin.board_freeze import BoardFreezeState, FreezeView
from cchc_app.states.admin.contest import BOARDS, FILES, NAMES, TEXTS, ContestState, FileView
from cchc_app.texts import admin_contest as texts

State = ContestState
Freeze = BoardFreezeState


def contest() -> rx.Component:
    """For organisers and auditors."""
    return layout.desk(
        contest_pages("contest"),
        rx.cond(State.notice != "", notice(State.notice, "wrong", code=State.notice_code)),
        rx.cond(State.done != "", notice(State.done, "right")),
        rx.cond(State.missing, _none(), _sections()),
        title=texts.CONTEST,
        active="contest",
    )


def _none() -> rx.Component:
    return empty_state(
        texts.NO_CONTEST_TITLE, texts.NO_CONTEST_TEXT, link_button(texts.NEW_CONTEST, routes.NEW_CONTEST, small=True)
    )


def _sections() -> rx.Component:
    return rx.fragment(
        section_tabs(texts.SECTIONS_LABEL, routes.CONTEST_DESK, texts.SECTIONS, State.section),
        rx.cond(State.newer.length() > 0, _newer()),
        rx.match(
            State.section, (NAMES, _names()), (TEXTS, _texts()), (FILES, _files()), (BOARDS, _boards()), rx.fragment()
        ),
    )


def _newer() -> rx.Component:
    shown = rx.foreach(
        State.newer, lambda pair: rx.el.div(rx.el.dt(_label(pair[0])), rx.el.dd(pair[1], class_name="as-typed"))
    )
    return newer(texts.NEWER_TITLE, texts.NEWER_TEXT, rx.el.dl(shown, class_name="changes"))


LABELS = {
    "title": texts.TITLE,
    "short_title": texts.SHORT_TITLE,
    "headline": texts.HEADLINE,
    "organiser": texts.ORGANISER,
    "support": texts.SUPPORT,
    "video_url": texts.VIDEO,
    "purpose": texts.PURPOSE,
    "audience": texts.AUDIENCE,
    "prizes": texts.PRIZES,
    "documents": texts.DOCUMENTS,
}


def _label(name: Any) -> Any:
    return rx.match(name, *LABELS.items(), name)


def _form(*fields: Any, key: str) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="revision", value=State.revision.to_string(), read_only=True),
        *fields,
        rx.cond(
            State.may_edit,
            rx.el.div(button(texts.SAVE, type="submit", small=True), class_name="sticky-actions"),
            rx.el.p(texts.READ_ONLY, class_name="soft"),
        ),
        on_submit=State.save,
        no_validate=True,
        class_name="step-form",
        key=f"{key}-" + State.form_key.to_string(),
    )


def _line(name: str, hint: str = "", **props: Any) -> rx.Component:
    value, error = State.values[name], State.errors[name]
    return text_field(LABELS[name], name, hint=hint, error=error, default_value=value, **props)


def _names() -> rx.Component:
    return card(
        _form(
            _line("title", max_length=200),
            _line("short_title", texts.SHORT_TITLE_HINT, max_length=60),
            _line("headline", max_length=200),
            rx.el.div(
                _line("organiser", max_length=120),
                _line("support", texts.SUPPORT_HINT, max_length=120),
                class_name="desk-pair",
            ),
            _line("video_url", texts.VIDEO_HINT, input_mode="url", max_length=500),
            facts((texts.SLUG, State.slug), (texts.CODE, State.code)),
            rx.el.p(texts.FIXED_HINT, class_name="hint"),
            key="names",
        ),
        heading=texts.SECTIONS[NAMES],
    )


def _texts() -> rx.Component:
    fields = [
        markdown_field(
            LABELS[name],
            name,
            value=State.values[name],
            preview=State.previews[name],
            error=State.errors[name],
            on_blur=lambda text, name=name: State.preview(name, text),
        )
        for name in ("purpose", "audience", "prizes", "documents")
    ]
    return card(_form(*fields, key="texts"), heading=texts.SECTIONS[TEXTS])


def _files() -> rx.Component:
    return rx.fragment(
        rx.cond(
            State.may_edit,
            rx.el.div(
                _upload("logo", texts.LOGO, texts.LOGO_HINT, "image/png,image/jpeg,image/webp"),
                _upload("banner", texts.BANNER, texts.BANNER_HINT, "image/png,image/jpeg,image/webp"),
                _upload("document", texts.DOCUMENT, texts.DOCUMENT_HINT, ".pdf,.docx,.xlsx"),
                class_name="desk-thirds",
            ),
        ),
        card(
            rx.cond(
                State.files,
                table(
                    texts.FILES_CAPTION,
                    texts.COLUMN_FILE,
                    texts.COLUMN_SLOT,
                    texts.COLUMN_BY,
                    texts.COLUMN_ACTION,
                    rows=State.files,
                    row=_file,
                ),
                rx.el.p(texts.NO_FILES, class_name="soft"),
            ),
            heading=texts.FILES_CAPTION,
        ),
    )


def _upload(slot: str, title: str, hint: str, accept: str) -> rx.Component:
    return card(
        rx.el.form(
            rx.el.label(texts.CHOOSE_FILE, rx.el.span(" ", title, class_name="sr-only"), html_for=f"file-{slot}"),
            rx.el.input(
                type="file",
                id=f"file-{slot}",
                name="file",
                accept=accept,
                required=True,
                class_name="input",
                **size_limit(texts.MOST_MEGABYTES[slot], texts.too_large(slot)),
            ),
            rx.el.p(hint, class_name="hint"),
            button(rx.fragment(texts.UPLOAD, rx.el.span(" ", title, class_name="sr-only")), type="submit", small=True),
            method="post",
            action=routes.file_upload(slot),
            enc_type="multipart/form-data",
            on_submit=None,  # said, because without it the framework keeps the browser from sending forms
            class_name="step-form",
        ),
        heading=title,
    )


def _file(file: FileView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.cond(file.is_picture, rx.el.img(src=file.href, alt="", class_name="thumb")),
            rx.el.a(file.name, href=file.href, reload_document=True),
            scope="row",
        ),
        rx.el.td(file.slot),
        rx.el.td(file.said),
        rx.el.td(
            rx.cond(
                State.may_edit,
                button(
                    rx.fragment(texts.REMOVE, rx.el.span(" ", file.name, class_name="sr-only")),
                    kind="quiet",
                    small=True,
                    on_click=State.remove_file(file.number),
                ),
            )
        ),
        key=file.number,
    )


def _boards() -> rx.Component:
    return rx.fragment(
        rx.cond(Freeze.notice != "", notice(Freeze.notice, "wrong", code=Freeze.notice_code)),
        rx.cond(Freeze.done != "", notice(Freeze.done, "right")),
        card(rx.el.p(texts.FREEZE_TEXT, class_name="soft"), heading=texts.FREEZE_TITLE),
        rx.el.div(rx.foreach(Freeze.periods, _freeze), class_name="desk-pair"),
    )


def _freeze(period: FreezeView) -> rx.Component:
    closed = ~Freeze.may_edit | period.over
    number = period.number.to_string()
    save = rx.fragment(texts.SAVE, rx.el.span(" ", period.name, class_name="sr-only"))
    return card(
        rx.el.form(
            rx.el.p(period.closes, rx.cond(period.over, f" {texts.FREEZE_OVER}", ""), class_name="soft"),
            rx.el.input(type="hidden", name="period", value=number, read_only=True),
            text_field(
                texts.FREEZE_MINUTES,
                "minutes",
                id="minutes-" + number,
                default_value=period.minutes,
                input_mode="numeric",
                max_length=4,
                disabled=closed,
            ),
            text_field(
                texts.FREEZE_NOTE,
                "note",
                id="note-" + number,
                hint=texts.FREEZE_NOTE_HINT,
                default_value=period.note,
                max_length=160,
                disabled=closed,
            ),
            rx.cond(closed, rx.fragment(), button(save, type="submit", small=True)),
            on_submit=Freeze.save,
            no_validate=True,
            class_name="step-form",
        ),
        heading=period.name,
        key=number + Freeze.deeds.to_string(),
    )
