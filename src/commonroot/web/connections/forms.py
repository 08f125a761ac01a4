"""Forms of connections."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonroot.domain.connections.choices import FIELDS, Audience, Hours, Span
from commonroot.domain.connections.models import Practice

NAMES = {
    "offers": _("What I can offer"),
    "asks": _("What I would like to ask"),
    "practices": _("Practices"),
    "spans": _("Grades"),
    "languages": _("Languages"),
    "hours": _("When I can meet"),
}


class ProfileForm(forms.Form):
    """What somebody chooses to tell of themselves."""

    offers = forms.CharField(
        label=NAMES["offers"],
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asks = forms.CharField(
        label=NAMES["asks"],
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    practices = forms.ModelMultipleChoiceField(
        label=NAMES["practices"],
        required=False,
        queryset=Practice.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    spans = forms.MultipleChoiceField(
        label=NAMES["spans"],
        required=False,
        choices=Span.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.CharField(
        label=NAMES["languages"],
        required=False,
        max_length=120,
        help_text=_("With commas between: English, Spanish"),
    )
    hours = forms.MultipleChoiceField(
        label=NAMES["hours"],
        required=False,
        choices=Hours.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.CharField(
        label=_("How a match can reach me"),
        required=False,
        max_length=200,
        help_text=_("Shown to a match only when both of you have said yes."),
    )

    def __init__(
        self, *arguments: Any, practices: QuerySet[Practice], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["practices"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = practices
        for name in FIELDS:
            self.fields[f"audience_{name}"] = forms.ChoiceField(
                label=_("Who may read “%(field)s”") % {"field": NAMES[name]},
                choices=Audience.choices,
                initial=Audience.MATCHES,
            )
        order = [key for name in FIELDS for key in (name, f"audience_{name}")]
        self.order_fields([*order, "contact"])

    def read(self) -> dict[str, Any]:
        """Read the form as what an action takes."""
        given = dict(self.cleaned_data)
        audiences = {name: given.pop(f"audience_{name}") for name in FIELDS}
        return {**given, "audiences": audiences}


class RoundForm(forms.Form):
    """A new round."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    closes = forms.DateField(
        label=_("Until when people can join"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
