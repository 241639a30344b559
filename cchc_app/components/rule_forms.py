"""Forms of the draft of the rules, one a section. Values come in as Vars of the page's state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app.components.contest_desk import locked_field, why
from cchc_app.components.controls import button, card, check_field, notice, options_of, pill, select_field, text_field
from cchc_app.texts import admin_contest
from cchc_app.texts import admin_rules as texts


@dataclass(frozen=True)
class Draft:
    """What the forms show and call, as Vars and handlers.

    Args:
        forms: Rows of every form.
        values: Text of every field that stands alone.
        errors: What was refused, by field.
        why: Why a field is locked, by field of the rules.
        fixed: Whether it is, by field of the rules.
        revision: Of the draft the forms were filled in from.
        form_key: Changes when they are filled in anew.
        can_draw: Whether the bank fills the blueprint.
        may_edit: Whether the viewer may save.
        save: Takes a form.
        move: Makes the handler that moves a step: its value, `earlier` or `later`.
        toggle: Makes the handler that takes a step out or puts it in.
    """

    forms: Any
    values: Any
    errors: Any
    why: Any
    fixed: Any
    revision: Any
    form_key: Any
    can_draw: Any
    may_edit: Any
    save: Any
    move: Any
    toggle: Any


def sections(draft: Draft) -> list[tuple[str, rx.Component]]:
    """Every section's key and its forms."""
    return [
        ("tuan", _periods(draft)),
        ("de-thi", _paper(draft)),
        ("xep-hang", _chain(draft)),
        ("khau-hieu", _slogan(draft)),
        ("don-vi", _units(draft)),
        ("giai", _prizes(draft)),
    ]


def _form(draft: Draft, section: str, *fields: Any) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="section", value=section, read_only=True),
        rx.el.input(type="hidden", name="revision", value=draft.revision.to_string(), read_only=True),
        *fields,
        rx.cond(
            draft.may_edit,
            rx.el.div(button(texts.SAVE, type="submit", small=True), class_name="sticky-actions"),
            rx.el.p(admin_contest.READ_ONLY, class_name="soft"),
        ),
        on_submit=draft.save,
        no_validate=True,
        class_name="step-form",
        key=f"{section}-" + draft.form_key.to_string(),
    )


def _field(draft: Draft, label: str, name: str, rule: str, **props: Any) -> rx.Component:
    fixed = draft.fixed[rule]
    return locked_field(
        text_field(label, name, error=draft.errors[name], default_value=draft.values[name], read_only=fixed, **props),
        draft.why[rule],
    )


def _number(draft: Draft, label: str, name: str, rule: str) -> rx.Component:
    return _field(draft, label, name, rule, input_mode="numeric", max_length=9)


def _choice(draft: Draft, label: str, name: str, rule: str, choices: dict[Any, str]) -> rx.Component:
    return locked_field(
        select_field(
            label,
            name,
            options_of(choices),
            value=draft.values[name],
            error=draft.errors[name],
            disabled=draft.fixed[rule],
        ),
        draft.why[rule],
    )


def _periods(draft: Draft) -> rx.Component:
    return card(
        _form(
            draft,
            "tuan",
            rx.el.p(texts.PERIODS_HINT, class_name="hint"),
            rx.foreach(draft.forms.periods, _period),
        ),
        heading=texts.SECTIONS["tuan"],
    )


def _period(row: Any) -> rx.Component:
    number = row.number
    feedbacks = options_of(texts.FEEDBACKS)
    predictions = options_of(texts.PREDICTIONS, first=texts.NO_PREDICTION)

    def typed(label: str, name: str, value: Any) -> rx.Component:
        identifier = name + "-" + number
        field = text_field(
            label,
            identifier,
            error=row.errors[name],
            default_value=value,
            read_only=row.fixed[name],
            max_length=20,
            class_name="tabular",
        )
        return locked_field(field, row.why[name])

    def chosen(label: str, name: str, options: Any, value: Any) -> rx.Component:
        field = select_field(
            label, name + "-" + number, options, value=value, error=row.errors[name], disabled=row.fixed[name]
        )
        return locked_field(field, row.why[name])

    return rx.el.fieldset(
        rx.el.legend(row.name, class_name="label"),
        rx.el.div(
            typed(texts.OPENS_AT, "opens_at", row.opens_at),
            typed(texts.CLOSES_AT, "closes_at", row.closes_at),
            chosen(texts.FEEDBACK, "feedback", feedbacks, row.feedback),
            chosen(texts.PREDICTION, "prediction", predictions, row.prediction),
            class_name="desk-quarters",
        ),
        class_name="period-row",
        key=number,
    )


def _paper(draft: Draft) -> rx.Component:
    return card(
        rx.cond(draft.can_draw, notice(texts.CAN_DRAW, "right"), notice(texts.CANNOT_DRAW, "gold")),
        _form(
            draft,
            "de-thi",
            rx.el.div(
                _number(draft, texts.MINUTES, "minutes", "duration"),
                _number(draft, texts.GRACE, "grace", "grace"),
                _number(draft, texts.ATTEMPTS, "attempts", "attempts"),
                _choice(draft, texts.COUNTED, "counted", "counted", texts.COUNTEDS),
                _number(draft, texts.POINTS, "points", "points"),
                class_name="desk-thirds",
            ),
            rx.el.h3(texts.BLUEPRINT),
            rx.el.p(texts.BLUEPRINT_HINT, class_name="hint"),
            why(draft.why["blueprint"]),
            _table(
                texts.BLUEPRINT,
                (texts.LINE_COUNT, texts.LINE_TOPIC, texts.LINE_DIFFICULTY, texts.LINE_AVAILABLE),
                rx.foreach(draft.forms.lines, lambda row: _line(draft, row)),
            ),
        ),
        heading=texts.SECTIONS["de-thi"],
    )


def _table(caption: str, heads: tuple[str, ...], rows: Any) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
            rx.el.tbody(rows),
            class_name="dense editing",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _cell(label: str, number: Any, name: Any, value: Any, class_name: str = "input", **props: Any) -> rx.Component:
    return rx.el.input(
        name=name,
        aria_label=rx.Var.create(label + " ").to(str) + number,
        default_value=value,
        auto_complete="off",
        class_name=class_name,
        **props,
    )


def _sentence(label: str, number: Any, name: Any, value: Any, **props: Any) -> rx.Component:
    """A cell for more than a line shows."""
    return rx.el.textarea(
        name=name,
        aria_label=rx.Var.create(label + " ").to(str) + number,
        default_value=value,
        rows="3",
        class_name="input",
        **props,
    )


def _picked(label: str, number: Any, name: Any, value: Any, *options: Any) -> rx.Component:
    return rx.el.select(
        *options,
        name=name,
        aria_label=rx.Var.create(label + " ").to(str) + number,
        default_value=value,
        class_name="input",
    )


def _choices(rows: Any) -> rx.Component:
    return rx.foreach(rows, lambda choice: rx.el.option(choice.words, value=choice.value))


def _line(draft: Draft, row: Any) -> rx.Component:
    n = row.number
    levels = [rx.el.option(texts.ANY_DIFFICULTY, value=""), *(rx.el.option(str(k), value=str(k)) for k in (1, 2, 3))]
    return rx.el.tr(
        rx.el.td(
            _cell(texts.LINE_COUNT, n, "count-" + n, row.count, "input few", input_mode="numeric"),
            rx.el.p(row.error, class_name="error", aria_live="polite"),
        ),
        rx.el.td(
            _picked(
                texts.LINE_TOPIC,
                n,
                "topic-" + n,
                row.topic,
                rx.el.option(texts.ANY_TOPIC, value=""),
                _choices(draft.forms.topics),
            )
        ),
        rx.el.td(_picked(texts.LINE_DIFFICULTY, n, "difficulty-" + n, row.difficulty, *levels)),
        rx.el.td(row.available, " ", rx.cond(row.short, pill(texts.SHORT, "wrong")), class_name="num tabular"),
        key=n,
    )


def _chain(draft: Draft) -> rx.Component:
    open_ = draft.may_edit & ~draft.fixed["tie_break"]
    return card(
        rx.el.p(texts.CHAIN_HINT, class_name="hint"),
        why(draft.why["tie_break"]),
        rx.el.ol(rx.foreach(draft.forms.steps, lambda row: _step(draft, row, open_)), class_name="chain"),
        rx.cond(
            open_,
            rx.el.div(
                rx.foreach(
                    draft.forms.missing_steps,
                    lambda row: button(
                        rx.fragment(texts.PUT_IN, ": ", row.words),
                        kind="ghost",
                        small=True,
                        on_click=draft.toggle(row.value),
                        key=row.value,
                    ),
                ),
                class_name="jumps",
            ),
        ),
        heading=texts.CHAIN,
    )


def _step(draft: Draft, row: Any, open_: Any) -> rx.Component:
    def deed(verb: str, handler: Any, disabled: Any = False) -> rx.Component:
        label = rx.fragment(verb, rx.el.span(" ", row.words, class_name="sr-only"))
        return button(label, kind="quiet", small=True, on_click=handler, disabled=disabled)

    return rx.el.li(
        rx.el.b(row.words),
        rx.cond(
            open_ & row.moves,
            rx.el.span(
                deed(texts.EARLIER, draft.move(row.value, "earlier"), row.first),
                deed(texts.LATER, draft.move(row.value, "later"), row.last),
                deed(texts.TAKE_OUT, draft.toggle(row.value)),
                class_name="jumps",
            ),
        ),
        key=row.value,
    )


def _slogan(draft: Draft) -> rx.Component:
    heads = (texts.CRITERION, texts.WEIGHT, *texts.ANCHORS)
    return card(
        _form(
            draft,
            "khau-hieu",
            rx.el.div(
                _number(draft, texts.MIN_WORDS, "min_words", "slogan_words"),
                _number(draft, texts.MAX_WORDS, "max_words", "slogan_words"),
                _number(draft, texts.EXPLANATION_WORDS, "explanation_words", "slogan_words"),
                _field(draft, texts.SLOGAN_CLOSES, "slogan_closes_at", "slogan_deadline", max_length=20),
                class_name="desk-quarters",
            ),
            rx.el.h3(texts.JUDGING),
            rx.el.p(texts.JUDGING_HINT, class_name="hint"),
            rx.el.div(
                _number(draft, texts.JUDGES, "judges", "judging"),
                _number(draft, texts.HIGHEST, "highest", "judging"),
                _number(draft, texts.SPREAD, "spread", "judging"),
                _choice(draft, texts.AGGREGATION, "aggregation", "judging", texts.AGGREGATIONS),
                class_name="desk-quarters",
            ),
            _table(texts.JUDGING, heads, rx.foreach(draft.forms.criteria, lambda row: _criterion(row, draft.fixed))),
        ),
        heading=texts.SLOGAN_LIMITS,
    )


def _criterion(row: Any, fixed: Any) -> rx.Component:
    n, locked = row.number, fixed["judging"]
    anchors = [
        rx.el.td(_sentence(label, n, "anchor-" + n + f"-{place}", row.anchors[place - 1], read_only=locked))
        for place, label in enumerate(texts.ANCHORS, 1)
    ]
    return rx.el.tr(
        rx.el.td(
            rx.el.input(type="hidden", name="code-" + n, value=row.code, read_only=True),
            _sentence(texts.CRITERION, n, "criterion-" + n, row.name, read_only=locked),
            rx.el.p(row.error, class_name="error", aria_live="polite"),
        ),
        rx.el.td(
            _cell(texts.WEIGHT, n, "weight-" + n, row.weight, "input few", input_mode="numeric", read_only=locked)
        ),
        *anchors,
        key=n,
    )


def _units(draft: Draft) -> rx.Component:
    return card(
        _form(
            draft,
            "don-vi",
            rx.el.div(
                _number(draft, texts.WEIGHT_PARTICIPATION, "weight_participation", "collective"),
                _number(draft, texts.WEIGHT_SCORE, "weight_score", "collective"),
                _number(draft, texts.MINIMUM_PARTICIPANTS, "minimum_participants", "collective"),
                _number(draft, texts.MINIMUM_RATE, "minimum_rate", "collective"),
                class_name="desk-quarters",
            ),
        ),
        heading=texts.FORMULA,
    )


def _prizes(draft: Draft) -> rx.Component:
    heads = (texts.PRIZE, texts.KIND, texts.PERIOD, texts.BLOC, texts.PLACES)
    return card(
        _form(
            draft,
            "giai",
            rx.el.p(texts.PRIZES_HINT, class_name="hint"),
            why(draft.why["prizes"]),
            _table(texts.PRIZE_LIST, heads, rx.foreach(draft.forms.quotas, lambda row: _quota(draft, row))),
            check_field(texts.ONE_PER_PERSON, "one_per_person", default_checked=draft.forms.one_per_person),
            check_field(texts.NORMALISED_ONLY, "normalised_only", default_checked=draft.forms.normalised_only),
            _number(draft, texts.MINIMUM_PERIODS, "minimum_periods", "prizes"),
        ),
        heading=texts.PRIZE_LIST,
    )


def _quota(draft: Draft, row: Any) -> rx.Component:
    n = row.number
    return rx.el.tr(
        rx.el.td(
            rx.el.input(type="hidden", name="quota-" + n, value=row.code, read_only=True),
            _cell(texts.PRIZE, n, "prize-" + n, row.title),
            rx.el.p(row.error, class_name="error", aria_live="polite"),
        ),
        rx.el.td(_picked(texts.KIND, n, "kind-" + n, row.kind, *options_of(texts.KINDS))),
        rx.el.td(
            _picked(
                texts.PERIOD,
                n,
                "period-" + n,
                row.period,
                rx.el.option(texts.WHOLE_CONTEST, value=""),
                _choices(draft.forms.weeks),
            )
        ),
        rx.el.td(
            _picked(
                texts.BLOC,
                n,
                "bloc-" + n,
                row.bloc,
                rx.el.option(texts.EVERY_BLOC, value=""),
                _choices(draft.forms.blocs),
            )
        ),
        rx.el.td(_cell(texts.PLACES, n, "places-" + n, row.places, "input few", input_mode="numeric")),
        key=n,
    )
