"""Forms about workshops."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.learning.choices import (
    Answer,
    Audience,
    Happened,
    Part,
    SeatState,
    SeriesState,
    Side,
    Standing,
    Tried,
    WordKind,
    Work,
    Working,
)
from commonroot.domain.learning.models import Tool, Workshop
from commonroot.domain.network.models import Person, Place
from commonroot.web.shell.fresh_form import FreshForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Make a field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def words_field(label: Any, length: int, **more: Any) -> forms.CharField:
    """Make a field of some lines."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def choices_of(things: Any, empty: Any = "—", required: bool = True) -> list[Any]:
    """Offer things by their names; first of all none, where none is needed."""
    offered = [(str(each.pk), str(each)) for each in things]
    return offered if required else [("", empty), *offered]


class OwnForm(forms.Form):
    """A form whose fields have names of their own on a page of several forms."""

    def __init__(self, *given: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*given, **more)

    def offer(self, name: str, things: Any) -> None:
        """Offer things in one of its fields, by their names."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices_of(things, required=field.required)


class WorkshopForm(FreshForm, OwnForm):
    """A workshop's name and what it is about."""

    name = forms.CharField(label=_("Name"), max_length=160)
    about = words_field(_("What it is about"), 2000, required=False)


class NameForm(OwnForm):
    """Another name of a workshop."""

    name = forms.CharField(label=_("It is also called"), max_length=160)


class MergeForm(OwnForm):
    """Which other workshop turns out to be this one."""

    other = forms.ChoiceField(label=_("The other workshop"))

    def __init__(self, *given: Any, workshops: list[Workshop]) -> None:
        super().__init__(*given)
        self.offer("other", workshops)


class ToolForm(OwnForm):
    """Something that can be used on the next day."""

    name = forms.CharField(label=_("Next-day tool"), max_length=160)
    about = words_field(_("How to use it, in a few words"), 600, required=False)


class SeriesForm(OwnForm):
    """How a series is offered."""

    name = forms.CharField(
        label=_("What it is called this time"),
        max_length=160,
        required=False,
        help_text=_("Leave it empty for the workshop’s own name."),
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_(
            "Leave it empty for no limit. When it is full, people wait in line."
        ),
    )


class InterpreterForm(OwnForm):
    """Who interprets which language."""

    language = forms.CharField(label=_("Language"), max_length=40)
    who = forms.CharField(
        label=_("Who interprets"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty if it is only sure that somebody does."),
    )


class PlanForm(SeriesForm):
    """Whom a new series is for."""

    place = forms.ChoiceField(label=_("For whom"))
    field_order = ("place",)

    def __init__(self, *given: Any, places: list[Place]) -> None:
        super().__init__(*given)
        self.offer("place", places)


class StateForm(FreshForm, SeriesForm):
    """Where a series stands."""

    state = forms.ChoiceField(
        label=_("Where it stands"),
        choices=SeriesState.choices,
        help_text=_("Letters go out and people can ask for a seat while it is open."),
    )
    field_order = ("state",)


class SessionForm(FreshForm, OwnForm):
    """When and where a session is."""

    day = day_field(_("Day"))
    starts = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        min_value=10,
        max_value=720,
        initial=120,
        help_text=_("Of learning: take lunch off."),
    )
    where = forms.CharField(label=_("Where"), max_length=200, required=False)


class FacilitatorForm(OwnForm):
    """Who teaches."""

    person = forms.ChoiceField(label=_("Who"))
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)
    side = forms.ChoiceField(
        label=_("From where"),
        choices=[("", _("As their role says")), *Side.choices],
        required=False,
    )
    all_sessions = forms.BooleanField(
        label=_("In every session of this series"), required=False, initial=True
    )

    def __init__(self, *given: Any, people: list[Person]) -> None:
        super().__init__(*given)
        self.offer("person", people)


class MaterialForm(OwnForm):
    """Something to read or use."""

    title = forms.CharField(label=_("Title"), max_length=120)
    link = forms.URLField(
        label=_("Address"), max_length=400, required=False, assume_scheme="https"
    )
    text = words_field(_("Or a text"), 4000, required=False)


class GuestForm(OwnForm):
    """Somebody who has no account yet."""

    guest = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("They get a letter, and answer without an account."),
    )
    school = forms.ChoiceField(label=_("School"), required=False)
    standing = forms.ChoiceField(
        label=_("New or seasoned"),
        choices=[("", "—"), *Standing.choices],
        required=False,
    )

    work = forms.ChoiceField(
        label=_("What they do there"),
        choices=[("", "—"), *Work.choices],
        required=False,
    )

    def __init__(self, *given: Any, schools: list[Place]) -> None:
        super().__init__(*given)
        self.offer("school", schools)


class NeedsForm(FreshForm, OwnForm):
    """What somebody needs."""

    language = forms.CharField(
        label=_("Language you learn best in"), max_length=40, required=False
    )
    access = forms.CharField(
        label=_("What makes it easy for you to take part"),
        max_length=200,
        required=False,
        help_text=_("A step-free way in, large print, a seat in front …"),
    )
    food = forms.CharField(label=_("Food"), max_length=200, required=False)


class SeatForm(NeedsForm):
    """Where somebody stands, and what they need."""

    state = forms.ChoiceField(label=_("Where they stand"), choices=SeatState.choices)
    standing = forms.ChoiceField(
        label=_("New or seasoned"),
        choices=[("", "—"), *Standing.choices],
        required=False,
    )
    field_order = ("state", "standing")


class WalkInForm(OwnForm):
    """Somebody who was not on the list."""

    guest = forms.CharField(label=_("Name"), max_length=120)
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, *given: Any, schools: list[Place], **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer("school", schools)


class ProposalForm(OwnForm):
    """An agreement that somebody proposes."""

    text = forms.CharField(label=_("We agree that"), max_length=300)


class AnswerForm(OwnForm):
    """What somebody says to a proposal."""

    answer = forms.ChoiceField(choices=Answer.choices)
    words = forms.CharField(max_length=300, required=False)
    wording = forms.IntegerField(min_value=0)


class AdoptForm(OwnForm):
    """When a group looks at an agreement again."""

    review = day_field(_("We look at it again on"))


class ReviewForm(OwnForm):
    """Is it working?"""

    working = forms.ChoiceField(choices=Working.choices)
    words = forms.CharField(max_length=300, required=False)
    review = day_field(_("We look at it again on"), required=False)
    ends = forms.BooleanField(required=False)


class WordForm(OwnForm):
    """What somebody says in a closing circle."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=WordKind.choices,
        widget=forms.RadioSelect,
        initial=WordKind.APPRECIATION,
    )
    text = words_field(_("In your words"), 600)
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    said_as = forms.CharField(
        label=_("Said by"),
        max_length=80,
        required=False,
        help_text=_("As you want it shown: “a new teacher”. Empty is fine."),
    )


class GuestWordForm(WordForm):
    """What a guest says, or what was typed from paper: it is kept for somebody to read."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            each for each in Audience.choices if each[0] != Audience.ONLY_ME
        ]


class PaperWordForm(GuestWordForm):
    """What was typed from paper."""

    writer_agreed = forms.BooleanField(
        label=_("The writer said that it may be quoted outside"), required=False
    )


class GuestAudienceForm(forms.Form):
    """Who may read what a guest said from now on."""

    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[each for each in Audience.choices if each[0] != Audience.ONLY_ME],
        widget=forms.RadioSelect,
    )
    said_as = forms.CharField(label=_("Said by"), max_length=80, required=False)


class AudienceForm(OwnForm):
    """Who may read it from now on."""

    audience = forms.ChoiceField(
        label=_("Who may read it?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    said_as = forms.CharField(label=_("Said by"), max_length=80, required=False)

    def narrow_to(self, audiences: list[Audience]) -> None:
        """Offer some readers alone, for what somebody else said."""
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in audiences]
        del self.fields["said_as"]


class ToolChoiceForm(OwnForm):
    """Which tool to try."""

    tool = forms.ChoiceField(label=_("What will you try?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, tools: list[Tool]) -> None:
        super().__init__(*given)
        self.offer("tool", tools)


class TryForm(OwnForm):
    """Tried it? What happened?"""

    tried = forms.ChoiceField(
        label=_("Tried it?"), choices=Tried.choices, widget=forms.RadioSelect
    )
    happened = forms.ChoiceField(
        label=_("What happened?"),
        choices=Happened.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words = words_field(_("In a few words"), 600, required=False)


class ShareForm(OwnForm):
    """What to share of it with one's network."""

    title = forms.CharField(label=_("Title"), max_length=120)
    words = words_field(_("What happened"), 600)
    said_as = forms.CharField(
        label=_("Said by"),
        max_length=80,
        required=False,
        help_text=_("A role, no name: “a first-year teacher”."),
    )
    school = forms.ChoiceField(label=_("Show the name of my school"), required=False)
    consent = forms.BooleanField(
        label=_("Yes, my network may read this"), required=False
    )

    def __init__(self, *given: Any, schools: list[Place], **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer("school", schools)
