"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.choices import (
    GroupKind,
    MemberKind,
    PlaceKind,
    RoleKind,
    Shift,
)
from commonroot.domain.network.models import Person, Place, SchoolYear
from commonroot.web.shell.uploads import FileForm


class InvitationForm(forms.Form):
    """Whom to invite, and to what."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    kind = forms.ChoiceField(label=_("Role"))
    member_kind = forms.ChoiceField(
        label=_("Whose voice"),
        required=False,
        choices=[("", "—"), *MemberKind.choices],
        help_text=_("For members of a data team."),
    )
    shift = forms.ChoiceField(
        label=_("When they work"), required=False, choices=[("", "—"), *Shift.choices]
    )
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "Leave empty for a role without an end. On the day after, it lets nobody see anything."
        ),
    )

    def __init__(self, *arguments: Any, kinds: list[RoleKind], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Choose")),
            *((kind.value, kind.label) for kind in kinds),
        ]


class RoleForm(forms.Form):
    """Whose voice a role brings, and when in the day it is held."""

    member_kind = forms.ChoiceField(
        label=_("Whose voice"), required=False, choices=[("", "—"), *MemberKind.choices]
    )
    shift = forms.ChoiceField(
        label=_("When they work"), required=False, choices=[("", "—"), *Shift.choices]
    )


class StaffingForm(forms.Form):
    """How many educators work at a school in a school year."""

    school_year = forms.RegexField(
        r"^20\d\d-\d\d$",
        label=_("School year"),
        error_messages={"invalid": _("Write a school year like 2025-26.")},
    )
    educators = forms.IntegerField(
        label=_("Educators, licensed and classified"), min_value=0, max_value=10_000
    )
    source = forms.CharField(label=_("Where the number comes from"), max_length=200)


class PasswordForm(forms.Form):
    """A password for a new account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "15 characters or more. Three or four words that you can remember are a good password."
        ),
    )

    def clean_password(self) -> str:
        """Refuse what is short or known."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class RosterForm(FileForm):
    """A roster, and what is done with its faults."""

    strict = forms.TypedChoiceField(
        label=_("If something in it is not as it should be"),
        coerce=lambda value: value == "yes",
        choices=[
            ("no", _("Take what is right, and list the rest")),
            ("yes", _("Refuse the whole file")),
        ],
    )


class CalendarForm(FileForm):
    """School days, or days without school between a first and a last day."""

    first = forms.DateField(
        label=_("First day of the school year"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Needed for a calendar of days off. A list needs neither day."),
    )
    last = forms.DateField(
        label=_("Last day of the school year"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class TermForm(forms.Form):
    """A term of one of a school's years."""

    school_year = forms.ModelChoiceField(
        label=_("School year"), queryset=SchoolYear.objects.none(), empty_label=None
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *arguments: Any, school: Place, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["school_year"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = school.school_years.all()


class BellForm(forms.Form):
    """Periods of the day, one a line."""

    lines = forms.CharField(
        label=_("Periods, one a line"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "A name and two times: Period 1 08:00-08:50. Paste a table if you have one. Without a.m. or p.m., 1:05 is in the afternoon."
        ),
    )


class NameForm(forms.Form):
    """Another name of a place, and a school's county."""

    name = forms.CharField(label=_("Name"), max_length=120)
    county = forms.ModelChoiceField(
        label=_("County"),
        empty_label="—",
        queryset=Place.objects.none(),
        required=False,
        help_text=_("For schools. Leave it open if you do not know."),
    )

    def __init__(
        self, *arguments: Any, counties: QuerySet[Place] | None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        if counties is None:
            del self.fields["county"]
            return
        county = self.fields["county"]
        assert isinstance(county, forms.ModelChoiceField)
        county.queryset = counties


class PlaceForm(forms.Form):
    """A place to add."""

    kind = forms.ChoiceField(label=_("What it is"))
    name = forms.CharField(label=_("Name"), max_length=120)
    county = forms.ModelChoiceField(
        label=_("County"),
        empty_label="—",
        queryset=Place.objects.none(),
        required=False,
        help_text=_("For schools. Leave it open if you do not know."),
    )

    def __init__(
        self,
        *arguments: Any,
        kinds: list[PlaceKind],
        counties: QuerySet[Place],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        kind, county = self.fields["kind"], self.fields["county"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(county, forms.ModelChoiceField)
        kind.choices = [(each.value, each.label) for each in kinds]
        county.queryset = counties
        if PlaceKind.SCHOOL not in kinds or not counties.exists():
            del self.fields["county"]


class GroupForm(forms.Form):
    """A group to make."""

    kind = forms.ChoiceField(label=_("What it is"), choices=GroupKind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    rhythm = forms.CharField(
        label=_("How often it meets"),
        required=False,
        max_length=200,
        help_text=_("In your own words: first Tuesday of the month, 3:15."),
    )


class MemberForm(forms.Form):
    """Whom to add to a group."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        empty_label="—",
        queryset=Person.objects.none(),
        help_text=_("Whoever has a role here. Somebody else is invited first."),
    )
    member_kind = forms.ChoiceField(
        label=_("Whose voice"),
        required=False,
        choices=[("", "—"), *MemberKind.choices],
    )
    duty = forms.CharField(
        label=_("What they do in the group"),
        required=False,
        max_length=60,
        help_text=_("For example: facilitator, notes, timekeeper."),
    )

    def __init__(self, *arguments: Any, people: QuerySet[Person], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
