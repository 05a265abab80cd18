"""Forms, answers, search, and the question before something serious."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from karama.ui.tags.part import Text, draw

register = template.Library()


@register.simple_tag
def form_errors(form: Any) -> SafeString:
    """Everything that is wrong, above the form, each linked to its field. Prints nothing when all is well."""
    wrong = [(first_control(bound), bound.label, error) for bound in form if form.is_bound for error in bound.errors]
    return draw("form_errors", general=form.non_field_errors(), wrong=wrong, hidden=_hidden_errors(form))


def _hidden_errors(form: Any) -> list[str]:
    return [str(error) for bound in form.hidden_fields() if form.is_bound for error in bound.errors]


@register.filter
def first_control(bound: BoundField) -> str:
    """The id of the first control of a field, for links from the summary."""
    return str(bound.id_for_label or f"{bound.auto_id}_0")


@register.filter
def is_tick(bound: BoundField) -> bool:
    """Whether the field is one tick box with its words beside it."""
    return getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.field.widget.use_fieldset


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, help, error and control of one field."""
    return mark_safe(render_to_string("ui/forms/field.html", {"field": bound}))


@register.simple_tag
def fields(form: Any) -> SafeString:
    """Every field of a form, hidden ones included."""
    hidden = "".join(str(bound) for bound in form.hidden_fields())
    return mark_safe(hidden + "".join(field(bound) for bound in form.visible_fields()))


@register.simple_tag
def answers(bound: BoundField) -> SafeString:
    """A radio field as big answers."""
    return draw("answers", field=bound, chosen=str(bound.value() if bound.value() is not None else ""))


@register.simple_tag
def answer_buttons(
    name: str,
    choices: Iterable[tuple[Any, Text]],
    current: Any = None,
    quiet: Iterable[tuple[Any, Text]] = (),
) -> SafeString:
    """One tap answers: each choice is a button of the form around it."""
    chosen = "" if current is None else str(current)
    return draw("answer_buttons", name=name, choices=list(choices), quiet=list(quiet), chosen=chosen)


@register.simple_tag
def search(action: str, value: str = "", label: Text = "", help: Text = "", name: str = "q") -> SafeString:
    """A search box; the typed words go into the address, so never use it for names of people: those are
    searched by POST.
    """
    return draw("search", action=action, value=value, label=label, help=help, name=name)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    question: Text,
    action: str,
    label: Text,
    back: str = "",
    danger: bool = False,
) -> SafeString:
    """A question on its own page, answered by a form: works without script."""
    return draw(
        "confirm",
        content=mark_safe(content),
        question=question,
        action=action,
        label=label,
        back=back,
        danger=danger,
        csrf_token=context.get("csrf_token", ""),
    )
