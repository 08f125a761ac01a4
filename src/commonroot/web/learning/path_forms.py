"""Forms of paths."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now


def sessions(label: Any) -> forms.IntegerField:
    """Make a field for how many are needed."""
    return forms.IntegerField(label=label, min_value=0, max_value=99, initial=0)


NEED_LABELS = {
    "attended": _("Sessions attended"),
    "co_facilitated": _("Sessions co-facilitated"),
    "led_with_others": _("Sessions led with others"),
    "led_alone": _("Sessions led alone"),
    "mentored": _("People mentored"),
}


class StageForm(forms.Form):
    """A stage, and what of the records belongs to it."""

    name = forms.CharField(label=_("What it is called"), max_length=80)
    attended = sessions(NEED_LABELS["attended"])
    co_facilitated = sessions(NEED_LABELS["co_facilitated"])
    led_with_others = sessions(NEED_LABELS["led_with_others"])
    led_alone = sessions(NEED_LABELS["led_alone"])
    mentored = sessions(NEED_LABELS["mentored"])


class PathForm(forms.Form):
    """Whose path, and with whom."""

    person = forms.ModelChoiceField(
        label=_("Who is on the way"), queryset=Person.objects.none(), empty_label="—"
    )
    mentor = forms.ModelChoiceField(
        label=_("Who goes along as mentor"),
        queryset=Person.objects.none(),
        empty_label="—",
    )

    def __init__(self, *arguments: Any, region: Place, **named: Any) -> None:
        super().__init__(*arguments, **named)
        roles = held_now(Role.objects.filter(place__surroundings__around=region))
        people = Person.objects.filter(
            pk__in=roles.values("person"), is_active=True
        ).order_by("name")
        for name in ("person", "mentor"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people
