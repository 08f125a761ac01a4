"""Forms of visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.coaching.actions import LONGEST
from commonroot.domain.coaching.choices import Focus
from commonroot.domain.network.sight import today


def focus_field() -> forms.ChoiceField:
    """Make the field for what the teacher wants the visitor to look at."""
    return forms.ChoiceField(
        label=_("What should the visitor look at?"),
        required=False,
        choices=[("", _("I say it in my own words")), *Focus.choices],
    )


def own_words() -> forms.CharField:
    """Make the field for the teacher's own words about it."""
    return forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST - 200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FocusForm(forms.Form):
    """What the teacher wants the visitor to look at."""

    focus = focus_field()
    words = own_words()

    def read_focus(self) -> str:
        """Read the focus as one text."""
        chosen = self.cleaned_data.get("focus", "")
        parts = [str(Focus(chosen).label) if chosen else "", self.cleaned_data["words"]]
        return ". ".join(part.strip() for part in parts if part.strip())


class AskForm(FocusForm):
    """Whom to ask for a visit, and when."""

    whom = forms.ChoiceField(label=_("With whom"))
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=5, max_value=240, initial=30
    )
    field_order = ("whom", "day", "starts", "minutes", "focus", "words")

    def __init__(
        self, *arguments: Any, whom: list[tuple[str, str]], teaches: bool, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *whom]
        if not teaches:
            del self.fields["focus"], self.fields["words"]


class AgainForm(forms.Form):
    """When to look again."""

    day = forms.DateField(
        label=_("When do you look again?"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_day(self) -> object:
        """Refuse a day that has passed."""
        day = self.cleaned_data["day"]
        if day < today():
            raise forms.ValidationError(_("This day has passed already."))
        return day
