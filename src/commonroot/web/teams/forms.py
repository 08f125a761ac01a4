"""Forms about teams."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.models import Person
from commonroot.domain.teams.choices import (
    QUESTIONS,
    Done,
    Duty,
    Ending,
    Goal,
    HowMany,
    Rating,
    Whom,
)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Make a field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def words_field(label: Any, length: int, **more: Any) -> forms.CharField:
    """Make a field of some lines."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


class OwnForm(forms.Form):
    """A form whose fields have names of their own on a page of several forms."""

    def __init__(self, *given: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*given, **more)


class PeopleForm(OwnForm):
    """A form that offers some people."""

    def offer(self, *names: str, people: list[Person]) -> None:
        """Offer people in some of its fields, by their names."""
        offered = [(str(each.pk), each.name) for each in people]
        for name in names:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            empty = [] if field.required else [("", "—")]
            field.choices = [*empty, *offered]


class DutyForm(PeopleForm):
    """Who has a duty, and who stands in."""

    duty = forms.ChoiceField(label=_("What"), choices=Duty.choices)
    person = forms.ChoiceField(label=_("Who"))
    backup = forms.ChoiceField(label=_("Who stands in"), required=False)

    def __init__(self, *given: Any, people: list[Person]) -> None:
        super().__init__(*given)
        self.offer("person", "backup", people=people)


class AgreementForm(OwnForm):
    """What the team agrees on."""

    text = forms.CharField(label=_("We agree that"), max_length=300)
    review = day_field(_("We look at it again on"))


class MeetingForm(OwnForm):
    """When to meet."""

    day = day_field(_("Day"))
    starts = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=15, max_value=240, initial=45
    )


class NoteForm(OwnForm):
    """A line of the minutes."""

    section = forms.CharField(widget=forms.HiddenInput)
    text = words_field(_("Add a line"), 600)


class AdviceForm(OwnForm):
    """A coach's note before a meeting."""

    text = words_field(_("A note to the facilitator"), 600)


class EndingForm(OwnForm):
    """The four quick questions, and whether anything was decided."""

    decided = forms.ChoiceField(
        label=_("Did we decide something?"),
        choices=[("yes", _("Yes")), ("no", _("Not today"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        for number, question in enumerate(QUESTIONS):
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=question, choices=Rating.choices, widget=forms.RadioSelect
            )

    def list_ratings(self) -> list[str]:
        """List the answers in the order of the questions."""
        return [self.cleaned_data[f"question_{n}"] for n in range(len(QUESTIONS))]


class StatementForm(OwnForm):
    """What is the matter, precisely."""

    what = forms.CharField(label=_("What happens"), max_length=200)
    where = forms.CharField(label=_("Where"), max_length=200)
    when = forms.CharField(label=_("When"), max_length=200)
    who = forms.CharField(
        label=_("Who is there"),
        max_length=200,
        required=False,
        help_text=_("Grades and roles only. No names."),
    )
    how_often = forms.CharField(label=_("How often"), max_length=200, required=False)
    since = forms.CharField(label=_("Since when"), max_length=200, required=False)
    why = words_field(
        _("Why: our guess about the school’s system"), 600, required=False
    )
    is_subjective = forms.BooleanField(
        label=_(
            "What to call it is a matter of judgement (defiance, disrespect, disruption)"
        ),
        required=False,
    )


class VoiceForm(OwnForm):
    """What was heard, or who will ask, or why not."""

    whom = forms.ChoiceField(
        label=_("Whom"), choices=Whom.choices, widget=forms.HiddenInput
    )
    how_many = forms.ChoiceField(
        label=_("About how many were asked"),
        choices=[("", "—"), *HowMany.choices],
        required=False,
    )
    how = forms.CharField(
        label=_("How they were asked"), max_length=200, required=False
    )
    heard = words_field(_("What we heard"), 600, required=False)
    asker = forms.CharField(
        label=_("Not yet asked: who will"), max_length=120, required=False
    )
    by_when = day_field(_("By when"), required=False)
    reason_not = forms.CharField(
        label=_("Or why nobody is asked"), max_length=300, required=False
    )


class ChangeForm(PeopleForm):
    """One small change."""

    what = words_field(_("What we will do"), 300)
    where = forms.CharField(label=_("Where"), max_length=200, required=False)
    when = forms.CharField(label=_("When in the day"), max_length=200, required=False)
    owner = forms.ChoiceField(label=_("Who sees to it"))
    start = day_field(_("It starts on"))
    done_when = forms.CharField(
        label=_("How we will know that it was done"), max_length=300
    )
    goal = forms.ChoiceField(
        label=_("How much less we hope for"), choices=Goal.choices, initial=Goal.HALF
    )
    review = day_field(_("We check it on"))

    def __init__(
        self,
        data: Any = None,
        *,
        people: list[Person],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.offer("owner", people=people)


class DoneForm(OwnForm):
    """Did we do it?"""

    done = forms.ChoiceField(
        label=_("Did we do it?"), choices=Done.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class ReviewForm(OwnForm):
    """When to look again."""

    review = day_field(_("Look again on"))


class CycleEndForm(OwnForm):
    """How a cycle ends."""

    ending = forms.ChoiceField(label=_("What becomes of it?"), widget=forms.RadioSelect)
    learned = words_field(_("What we learned, in a sentence"), 600)

    def __init__(self, *given: Any, is_checked: bool) -> None:
        super().__init__(*given)
        field = self.fields["ending"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = (
            [
                (Ending.KEPT.value, _("We keep it")),
                (Ending.ADAPTED.value, _("We adapt it, and go on with the next cycle")),
                (Ending.DROPPED.value, _("We drop it")),
            ]
            if is_checked
            else [(Ending.UNCHECKED.value, _("We stop without a check"))]
        )


class StoryForm(OwnForm):
    """What to share with other schools."""

    title = forms.CharField(label=_("Title"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    time = forms.CharField(label=_("Time of day"), max_length=80, required=False)
    grades = forms.CharField(label=_("Grades"), max_length=40, required=False)
    tried = words_field(_("What we tried"), 600)
    words = words_field(_("In somebody’s own words"), 2000, required=False)
    whose_words = forms.CharField(
        label=_("Whose words: a role, no name"), max_length=120, required=False
    )
    consent = forms.BooleanField(
        label=_("Whoever is quoted said yes to this"), required=False
    )
    names_school = forms.BooleanField(
        label=_("Show the name of our school"), required=False
    )


def in_weeks(weeks: int, start: dt.date) -> dt.date:
    """Give the day some weeks after another."""
    return start + dt.timedelta(weeks=weeks)
