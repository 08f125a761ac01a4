"""Forms that do not write over what somebody else wrote since the page was opened."""

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _


class FreshForm(forms.Form):
    """A form of something that others may change too, with what stands now as `initial`.

    Each field sends along what its reader saw. What they left alone stays as it stands
    now. What they changed, while somebody else changed it too, is refused once with what
    it says now; kept again, it replaces that. `initial` is given also when it was sent.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Keep what others changed meanwhile, or refuse what both changed."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for bound in self:
            if bound.html_initial_name not in self.data:
                continue
            seen = read_seen(bound)
            if not differs(bound, bound.initial, seen):
                continue
            if not differs(bound, seen, bound.data):
                told[bound.name] = read_as_kept(bound)
                self.errors.pop(bound.name, None)
            elif differs(bound, bound.initial, bound.data):
                self.refuse(bound)
        return told

    def refuse(self, bound: BoundField) -> None:
        """Refuse a field that both changed; sent again, it counts as having been seen."""
        sent = cast("QueryDict", self.data).copy()
        sent[bound.html_initial_name] = write_hidden(bound)
        self.data = sent
        problem = _(
            "Somebody else changed this meanwhile. It says now: “%(now)s”. "
            "Keep yours once more to put it in its place."
        )
        self.add_error(bound.name, problem % {"now": say_now(bound)})


def read_seen(bound: BoundField) -> Any:
    """Read what the sender of a form saw in a field."""
    widget = bound.field.hidden_widget()
    form = bound.form
    return widget.value_from_datadict(form.data, form.files, bound.html_initial_name)


def differs(bound: BoundField, before: Any, after: Any) -> bool:
    """Say whether two values of a field differ, whatever ends their lines."""
    field = bound.field
    try:
        before = field.to_python(straighten(before))
    except forms.ValidationError:
        return True
    return field.has_changed(before, straighten(after))


def straighten(value: Any) -> Any:
    """Write every end of a line in the same way; a browser sends its own.

    >>> straighten("One\\r\\ntwo ")
    'One\\ntwo'
    """
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def read_as_kept(bound: BoundField) -> Any:
    """Read what stands now as if its reader had sent it."""
    try:
        return bound.field.clean(bound.initial)
    except forms.ValidationError:
        return bound.initial


def write_hidden(bound: BoundField) -> str:
    """Write what stands now as it is sent along."""
    value = bound.field.prepare_value(bound.initial)
    return "" if value is None else str(value)


def say_now(bound: BoundField) -> str:
    """Say what stands in a field, a choice by its label."""
    value = bound.initial
    choices = dict(getattr(bound.field, "choices", ()))
    said = choices.get(value, value)
    return "—" if said in (None, "") else str(said)
