"""Long tables of the staff: search and filters, headings to sort by, pages, the way out to a file. Values as Vars."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.components.controls import (
    button,
    classes,
    link,
    link_button,
    options_of,
    select_field,
    tab,
    tabs,
    text_field,
)
from cchc_app.texts import slogan_desk as texts


def table_search(table: Any, *filters: rx.Component, label: str, on_submit: Any) -> rx.Component:
    """A search field with its filters; what the address asks for stands in it.

    Args:
        table: A `states.admin.tables.TableView` Var.
        filters: `table_filter`s.
        label: Names the search field.
        on_submit: Goes to the address that asks for what the form holds.
    """
    return rx.el.form(
        text_field(
            label,
            "search",
            type="search",
            default_value=table.search,
            disabled=table.key == "",  # the form is made anew when the table comes: what was typed before would be lost
            max_length=60,
            enter_key_hint="search",
        ),
        *filters,
        button(texts.SEARCH_BUTTON, kind="ghost", small=True, type="submit"),
        rx.cond(table.clear != "", link_button(texts.CLEAR, table.clear, kind="quiet", small=True)),
        on_submit=on_submit,
        role="search",
        key=table.key,
        class_name="table-search",
    )


def table_filter(label: str, name: str, everything: str, choices: Any, chosen: Any) -> rx.Component:
    """One filter; empty for everything.

    Args:
        label: The visible name.
        name: Form name, and the element's id.
        everything: Words for no filter.
        choices: Items with `value` and `name`.
        chosen: The value the address asks for.
    """
    return select_field(label, name, options_of(choices, first=everything), value=chosen)


def day_filter(label: str, name: str, chosen: Any) -> rx.Component:
    """A filter that takes a day; empty for any."""
    return text_field(label, name, type="date", default_value=chosen)


def sorted_table(
    caption: str, table: Any, *, before: tuple[str, ...] = (), after: tuple[str, ...] = (), rows: Any, row: Any
) -> rx.Component:
    """A dense table whose headings are links that sort it.

    Args:
        caption: Names it, for screen readers.
        table: A `states.admin.tables.TableView` Var: its headings stand between the plain ones.
        before: Plain headings of the first columns.
        after: Plain headings of the last columns.
        rows: A list Var.
        row: Makes one line of cells of an item.
    """
    plain = [[rx.el.th(name, scope="col") for name in names] for names in (before, after)]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(rx.el.tr(*plain[0], rx.foreach(table.heads, _head), *plain[1])),
            rx.el.tbody(rx.foreach(rows, row)),
            class_name="dense",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def table_views(label: str, views: Any, shown: rx.Component) -> rx.Component:
    """Tables of one thing, one of them shown; where `routes.TABLES_PART` in addresses leads.

    Args:
        label: Names the tabs.
        views: A list Var of `states.board_tabs.TabView`.
        shown: The one.
    """
    return rx.el.div(
        tabs(label, rx.foreach(views, lambda view: tab(view.name, current=view.current, href=view.href))),
        shown,
        id=routes.TABLES_PART,
        class_name="grid grid-cols-1 gap-4",
    )


def sort_links(label: str, table: Any) -> rx.Component:
    """The orders of lists whose own headings cannot say them: two lists of the same things.

    Args:
        label: Names the links.
        table: A `states.admin.tables.TableView` Var.
    """
    return rx.el.nav(
        rx.el.span(label, class_name="label"),
        rx.foreach(table.heads, _sort_link),
        aria_label=label,
        class_name="sort-links",
    )


def _sort_link(head: Any) -> rx.Component:
    arrow = rx.match(head.order, ("ascending", "▲"), ("descending", "▼"), "↕")
    said = rx.match(head.order, ("ascending", texts.SORTED_UP), ("descending", texts.SORTED_DOWN), "")
    return link(
        head.name,
        rx.el.span(arrow, aria_hidden="true", class_name="sort-mark"),
        rx.cond(said != "", rx.el.span(", ", said, class_name="sr-only")),
        href=head.href,
        class_name="sort",
    )


def _head(head: Any) -> rx.Component:
    return rx.el.th(
        _sort_link(head),
        scope="col",
        custom_attrs={"aria-sort": rx.cond(head.order != "", head.order, "none")},
        class_name=rx.cond(head.number, "num", ""),
    )


def table_foot(table: Any, *, export: str = "") -> rx.Component:
    """How many lines there are, the pages, and the file.

    Args:
        table: A `states.admin.tables.TableView` Var.
        export: Names the link to the file; empty for none.
    """
    return rx.el.div(
        rx.el.p(table.totals, class_name="fine tabular", role="status"),
        rx.cond(
            table.page != "",
            rx.el.nav(
                rx.cond(table.previous != "", link_button(texts.PREVIOUS, table.previous, kind="quiet", small=True)),
                rx.el.span(table.page, class_name="fine tabular"),
                rx.cond(table.next != "", link_button(texts.NEXT, table.next, kind="quiet", small=True)),
                aria_label=texts.PAGES_LABEL,
                class_name="table-pager",
            ),
        ),
        *([file_link(export, table.export)] if export else []),
        class_name="table-foot",
    )


def file_link(label: str, href: Any) -> rx.Component:
    """A link to a file of this site: the page keeps its line to the server, a refusal gets a tab of its own."""
    return rx.el.a(label, href=href, target="_blank", class_name=classes("btn", "btn-ghost", "btn-small"))


def tick_cell(name: Any, label: Any) -> rx.Component:
    """A cell with a box that chooses its line.

    Args:
        name: Of the box in the form around the table.
        label: Says which line, for screen readers.
    """
    return rx.el.td(
        rx.el.label(rx.el.input(type="checkbox", name=name), rx.el.span(label, class_name="sr-only"), class_name="tick")
    )
