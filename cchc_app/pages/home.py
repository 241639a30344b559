"""The home page: what is open, the next step, the weeks, the contest in brief."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.art import branch, icon, waves
from cchc_app.components.controls import button, card, copy_button, link, link_button, notice, pill
from cchc_app.components.marks import countdown
from cchc_app.components.slogans import results_link
from cchc_app.states.home import HomeState, Item, WeekMark
from cchc_app.texts import home as texts


def home() -> rx.Component:
    """Readable before any script runs; the state then says what is open for this person."""
    return layout.page(
        rx.cond(HomeState.notice != "", notice(HomeState.notice, "gold")),
        _now(),
        _weeks(),
        _purpose(),
        _slogan(),
        _prizes(),
        _video(),
        _news(),
        _documents(),
        _share(),
        active="home",
        hero=_hero(),
    )


def _hero() -> rx.Component:
    return rx.el.div(
        branch(),
        waves(),
        rx.el.div(
            rx.el.p(texts.EYEBROW, class_name="eyebrow"),
            rx.el.h1(HomeState.about.title),
            class_name="hero-in",
        ),
        class_name="hero",
    )


def _now() -> rx.Component:
    now = HomeState.now
    return card(
        rx.el.div(
            rx.el.h2(rx.cond(now.is_open, pill(now.pill, dot=True), pill(now.pill, "plain")), class_name="flex"),
            rx.el.p(now.until, class_name="soft"),
            class_name="row",
        ),
        rx.cond(~now.over, countdown(now.deadline_ms, now.server_now_ms)),
        link_button(_next_step(), now.href),
        rx.el.p(now.facts, class_name="soft text-center"),
        class_name="now-card",
    )


def _next_step() -> rx.Component:
    now = HomeState.now
    left = rx.el.span(
        f"— {texts.RESUME_LEFT} ",
        rx.el.span(data_countdown_text="", class_name="tabular"),
        data_deadline=now.paper_deadline_ms,
        data_server_now=now.server_now_ms,
    )
    return rx.fragment(now.button, rx.cond(now.paper_deadline_ms > 0, left))


def _weeks() -> rx.Component:
    return rx.el.section(
        rx.el.h2(texts.SCHEDULE, class_name="sr-only"), rx.el.ol(rx.foreach(HomeState.weeks, _week), class_name="path")
    )


def _week(week: WeekMark) -> rx.Component:
    return rx.el.li(rx.el.b(week.name), rx.el.span(week.line), rx.el.br(), rx.el.span(week.more), class_name=week.place)


def _purpose() -> rx.Component:
    return card(
        rx.el.p(HomeState.about.purpose),
        rx.el.ol(*(rx.el.li(step) for step in texts.HOW_STEPS)),
        rx.el.div(
            link_button(texts.RULES_LINK, routes.RULES, kind="ghost", small=True),
            link_button(texts.PRACTICE_LINK, routes.PRACTICE, kind="quiet", small=True),
            class_name="flex flex-wrap gap-2",
        ),
        heading=texts.HOW_TITLE,
        class_name="reading",
    )


def _slogan() -> rx.Component:
    return card(
        rx.el.p(HomeState.slogan.text, class_name="soft"),
        rx.cond(HomeState.slogan.deadline != "", rx.el.div(pill(HomeState.slogan.deadline, "gold"), class_name="flex")),
        results_link(HomeState.slogan.published),
        link(texts.SLOGAN_LINK, icon("next", "ico ico-small"), href=routes.SLOGAN, class_name="more"),
        heading=texts.SLOGAN_TITLE,
    )


def _prizes() -> rx.Component:
    return card(
        rx.cond(
            HomeState.about.prizes,
            rx.el.ul(rx.foreach(HomeState.about.prizes, _line), class_name="lines"),
            rx.el.p(texts.PRIZES_EMPTY, class_name="soft"),
        ),
        heading=texts.PRIZES_TITLE,
    )


def _video() -> rx.Component:
    about = HomeState.about
    player = rx.el.video(src=about.video, poster=about.poster, controls=True, preload="none", class_name="w-full")
    return rx.cond(about.video != "", card(player, heading=texts.VIDEO_TITLE))


def _news() -> rx.Component:
    return card(
        rx.cond(
            HomeState.about.news,
            rx.el.ul(rx.foreach(HomeState.about.news, _line), class_name="lines"),
            rx.el.p(texts.NEWS_EMPTY, class_name="soft"),
        ),
        heading=texts.NEWS_TITLE,
    )


def _documents() -> rx.Component:
    return rx.cond(
        HomeState.about.documents,
        card(rx.el.ul(rx.foreach(HomeState.about.documents, _line), class_name="lines"), heading=texts.DOCUMENTS_TITLE),
    )


def _line(item: Item) -> rx.Component:
    title = rx.cond(item.href != "", rx.el.a(item.title, href=item.href, reload_document=True), rx.el.span(item.title))
    return rx.el.li(rx.el.b(title), rx.cond(item.detail != "", rx.el.span(item.detail, class_name="soft")))


def _share() -> rx.Component:
    return card(
        rx.el.p(texts.SHARE_TEXT, class_name="soft"),
        rx.cond(
            HomeState.qr != "",
            rx.el.div(
                rx.el.img(src=HomeState.qr, alt=texts.QR_ALT, width="200", height="200", class_name="rounded-lg"),
                rx.el.a(texts.SAVE_QR, href=HomeState.qr, download=texts.QR_FILE, class_name="btn btn-quiet btn-small"),
                class_name="grid justify-items-center gap-2",
            ),
        ),
        rx.el.div(
            rx.cond(HomeState.qr == "", button(texts.SHOW_QR, kind="ghost", small=True, on_click=HomeState.show_qr)),
            copy_button(HomeState.public_url, texts.COPY_LINK),
            copy_button(HomeState.snippet, texts.COPY_SNIPPET),
            class_name="flex flex-wrap gap-2",
        ),
        heading=texts.SHARE_TITLE,
    )
