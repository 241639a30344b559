"""/quan-tri/nhan-su: the staff's accounts and invitations."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import fresh_code
from cchc_app.components.controls import button, card, copy_button, notice, options_of, pill, select_field
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.people import InvitationView, MemberView, StaffPeopleState
from cchc_app.texts import admin as texts
from cchc_app.texts import desk_lists as list_texts


def staff_people() -> rx.Component:
    """For administrators."""
    state = StaffPeopleState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.link != "", _link()),
        rx.cond(state.chosen.username != "", _panel()),
        _members(),
        rx.el.div(_invite(), _open_invitations(), class_name="desk-pair"),
        title=texts.PEOPLE,
        active="people",
    )


def _members() -> rx.Component:
    state, chosen = StaffPeopleState, StaffPeopleState.table.filters
    roles, states = state.choices["vai-tro"], state.choices["tinh-trang"]
    return card(
        table_search(
            state.table,
            table_filter(list_texts.STAFF_ROLE, "vai-tro", list_texts.STAFF_ALL_ROLES, roles, chosen["vai-tro"]),
            table_filter(
                list_texts.STAFF_STATE, "tinh-trang", list_texts.STAFF_ALL_STATES, states, chosen["tinh-trang"]
            ),
            label=list_texts.STAFF_SEARCH,
            on_submit=state.search,
        ),
        rx.cond(
            state.members,
            sorted_table(
                texts.MEMBERS_CAPTION,
                state.table,
                after=(texts.COLUMN_ACTION,),
                rows=state.members,
                row=_member,
            ),
            rx.el.p(list_texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=list_texts.EXPORT),
        heading=texts.MEMBERS,
    )


def _member(member: MemberView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(member.username, scope="row"),
        rx.el.td(member.name),
        rx.el.td(member.role_name),
        rx.el.td(rx.cond(member.disabled, pill(texts.DISABLED, "wrong"), pill(texts.ACTIVE, "right"))),
        rx.el.td(
            button(
                rx.fragment(texts.MANAGE, rx.el.span(" ", member.username, class_name="sr-only")),
                kind="quiet",
                small=True,
                on_click=StaffPeopleState.choose(member.username),
            )
        ),
        key=member.username,
    )


def _panel() -> rx.Component:
    """What may be done to the chosen account; every deed asks for a fresh code."""
    chosen = StaffPeopleState.chosen
    return card(
        rx.el.h2(texts.MANAGE_OF, " ", chosen.username),
        rx.el.p(chosen.name, " · ", chosen.role_name, class_name="soft"),
        rx.el.div(
            _deed(
                "role",
                texts.CHANGE_ROLE,
                StaffPeopleState.change_role,
                select_field(texts.NEW_ROLE, "role", options_of(texts.ROLES, first=texts.CHOOSE_ROLE)),
            ),
            rx.cond(
                chosen.disabled,
                _deed("enable", texts.ENABLE, StaffPeopleState.enable),
                _deed("disable", texts.DISABLE, StaffPeopleState.disable),
            ),
            _deed("reset", texts.RESET, StaffPeopleState.offer_reset),
            class_name="desk-pair",
        ),
        button(texts.CLOSE, kind="quiet", small=True, on_click=StaffPeopleState.choose("")),
        key=chosen.username,
    )


def _deed(name: str, verb: str, on_submit: Any, *fields: rx.Component) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="username", value=StaffPeopleState.chosen.username, read_only=True),
        *fields,
        fresh_code(f"code-{name}"),
        button(verb, kind="ghost", type="submit"),
        on_submit=on_submit,
        no_validate=True,
        class_name="step-form",
        key=name,
    )


def _invite() -> rx.Component:
    return card(
        rx.el.form(
            select_field(
                texts.INVITE_ROLE, "role", options_of(texts.ROLES, first=texts.CHOOSE_ROLE), id="invited-role"
            ),
            fresh_code("code-invite"),
            button(texts.INVITE, type="submit"),
            on_submit=StaffPeopleState.invite,
            no_validate=True,
            class_name="step-form",
        ),
        heading=texts.INVITE_TITLE,
    )


def _link() -> rx.Component:
    return card(
        notice(rx.cond(StaffPeopleState.resets, texts.RESET_MADE, texts.INVITATION_MADE), "right"),
        rx.el.p(rx.el.code(StaffPeopleState.link, class_name="enrol-secret")),
        copy_button(StaffPeopleState.link, texts.COPY_LINK),
    )


def _open_invitations() -> rx.Component:
    return card(
        rx.cond(
            StaffPeopleState.invitations,
            rx.el.ul(rx.foreach(StaffPeopleState.invitations, _invitation), class_name="papers"),
            rx.el.p(texts.NO_INVITATIONS, class_name="soft"),
        ),
        heading=texts.OPEN_INVITATIONS,
    )


def _invitation(open_one: InvitationView) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(open_one.role_name), " ", rx.el.span(open_one.said, class_name="fine")),
        button(texts.WITHDRAW, kind="quiet", small=True, on_click=StaffPeopleState.withdraw(open_one.number)),
        key=open_one.number,
        class_name="row",
    )
