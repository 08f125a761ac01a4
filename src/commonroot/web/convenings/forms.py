"""Forms of convenings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.convenings.choices import (
    AgendaKind,
    Audience,
    GuestKind,
    Listed,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.models import Guest
from commonroot.domain.network.models import Person
from commonroot.web.shell.fresh_form import FreshForm


def day_field(label: Any) -> forms.DateField:
    """Make a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


def time_field(label: Any, required: bool = True) -> forms.TimeField:
    """Make a field for a time."""
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"})
    )


class ConveningForm(FreshForm):
    """A new convening."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    day = day_field(_("Day"))
    starts = time_field(_("Begins at"), required=False)
    where = forms.CharField(label=_("Where"), max_length=200, required=False)


class PartForm(forms.Form):
    """A part of the day."""

    kind = forms.ChoiceField(label=_("What"), choices=AgendaKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    starts = time_field(_("Begins at"))
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=5, max_value=480
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)


class AgreementForm(forms.Form):
    """An agreement that is proposed."""

    text = forms.CharField(label=_("In words of the room"), max_length=200)
    review = day_field(_("When do you look at it again?"))


class GuestForm(forms.Form):
    """Somebody who comes."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Of a student only the first name."),
    )
    kind = forms.ChoiceField(label=_("Comes as"), choices=GuestKind.choices)
    person = forms.ModelChoiceField(
        label=_("Account here, if there is one"),
        required=False,
        empty_label="—",
        queryset=Person.objects.none(),
    )
    food = forms.CharField(label=_("Food"), max_length=200, required=False)
    access = forms.CharField(label=_("Access"), max_length=200, required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)
    listed = forms.ChoiceField(
        label=_("Who may read the name in the list"), choices=Listed.choices
    )
    photos = forms.BooleanField(label=_("May be photographed"), required=False)
    caregiver_said_yes = forms.BooleanField(
        label=_("A caregiver said yes (for students)"), required=False
    )

    def __init__(self, *arguments: Any, people: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class PlanForm(forms.Form):
    """What a team means to do."""

    aim = forms.CharField(label=_("What we aim for"), max_length=200)
    first_step = forms.CharField(label=_("The first step"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Who sees to it"), queryset=Person.objects.none(), empty_label="—"
    )
    by_when = day_field(_("By when"))
    support = forms.CharField(
        label=_("What support would help"), max_length=200, required=False
    )
    is_shared = forms.BooleanField(
        label=_("Others in the network may read it"), required=False
    )

    def __init__(self, *arguments: Any, people: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class WordsForm(forms.Form):
    """A reflection, a shift, a celebration or an intention."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=WordsKind.choices)
    text = forms.CharField(
        label=_("In your words"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label=_("How one can see it"), max_length=300, required=False
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)
    named_said_yes = forms.BooleanField(
        label=_("Those named who have no account here said yes"), required=False
    )
    quotable = forms.BooleanField(label=_("May be quoted outside"), required=False)
    whose = forms.CharField(
        label=_("Quoted as whose words"),
        max_length=80,
        required=False,
        help_text=_("For example: a bus driver. Leave empty for nobody’s name."),
    )
    named = forms.ModelMultipleChoiceField(
        label=_("Who is named in a celebration"),
        help_text=_("They are asked, and until all said yes only you read it."),
        required=False,
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, people: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["named"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people


class ThanksForm(forms.Form):
    """A thank-you."""

    text = forms.CharField(label=_("Thank you for"), max_length=300)
    to = forms.ModelChoiceField(
        label=_("To"),
        required=False,
        empty_label=_("The room"),
        queryset=Person.objects.none(),
    )
    read_by = forms.ChoiceField(label=_("Who reads it"), choices=ThanksFor.choices)

    def __init__(self, *arguments: Any, people: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class ConnectionForm(forms.Form):
    """Whom one met."""

    other = forms.CharField(label=_("Whom did you meet?"), max_length=120)
    why = forms.CharField(label=_("Why stay in touch?"), max_length=200, required=False)
    next_contact = day_field(_("When do you write?"))


class QuestionForm(FreshForm):
    """What a team brings to the consultancy."""

    text = forms.CharField(
        label=_("Our question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("About what our school does, never about one child."),
    )
    tried = forms.CharField(
        label=_("What we tried"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told_by = forms.ModelChoiceField(
        label=_("Who tells it"),
        required=False,
        empty_label="—",
        queryset=Guest.objects.none(),
    )

    def __init__(self, *arguments: Any, guests: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["told_by"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = guests


class SeatsForm(forms.Form):
    """How many seats a team has for students and caregivers."""

    students = forms.IntegerField(min_value=0, max_value=50)
    caregivers = forms.IntegerField(min_value=0, max_value=50)


class ReviewForm(forms.Form):
    """When an agreement is looked at again."""

    review = day_field(_("When do you look at it again?"))
