"""Forms about connections."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.connections.choices import (
    Audience,
    Field,
    GradeSpan,
    Hours,
    Language,
    Standing,
    TagKind,
    Work,
)
from commonroot.domain.connections.models import Profile
from commonroot.domain.connections.profile_actions import Told
from commonroot.domain.connections.queries import Sought
from commonroot.domain.connections.round_actions import MOST_CAPACITY, propose_days
from commonroot.domain.network.models import Place

JUNE, MIDDLE = 6, 15
WEEKS_TO_JOIN, DAYS_TO_LOOK = 2, 4


def day_field(label: Any) -> forms.DateField:
    """Make a field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def words_field(label: Any, length: int, **more: Any) -> forms.CharField:
    """Make a field of some lines."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def several_field(field: Field, choices: Any = ()) -> forms.MultipleChoiceField:
    """Make a field of several choices."""
    return forms.MultipleChoiceField(
        label=field.label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ProfileForm(forms.Form):
    """What somebody says of themselves, and who may see each field."""

    workplace = forms.ChoiceField(label=Field.PLACE.label)
    usual_to = forms.ChoiceField(
        label=_("Who may see what I write here"),
        choices=Audience.choices,
        initial=Audience.MATCHES,
        widget=forms.RadioSelect,
    )
    offer = words_field(Field.OFFER.label, 600, required=False)
    ask = words_field(Field.ASK.label, 600, required=False)
    practices = several_field(Field.PRACTICES)
    work = forms.ChoiceField(
        label=Field.WORK.label, choices=[("", "—"), *Work.choices], required=False
    )
    grade_spans = several_field(Field.GRADE_SPANS, GradeSpan.choices)
    languages = several_field(Field.LANGUAGES, Language.choices)
    hours = several_field(Field.HOURS, Hours.choices)
    reach = forms.CharField(
        label=_("How to reach me"),
        max_length=200,
        required=False,
        help_text=_(
            "A match sees this and your e-mail after both of you said yes. Nobody else does."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        places: Sequence[Place],
        practices: list[tuple[str, str]],
        profile: Profile | None = None,
    ) -> None:
        super().__init__(data, initial=start_from(profile) if profile else None)
        kept = self.initial.get("practices", [])
        known = {value for value, _label in practices}
        self.offer_choices("workplace", [(str(each.pk), each.name) for each in places])
        # What somebody chose before the network put it aside stays theirs to keep.
        self.offer_choices(
            "practices",
            [*practices, *((each, each) for each in kept if each not in known)],
        )
        for field in Field:
            self.fields[f"{field}_to"] = forms.ChoiceField(
                label=_("Who sees this line"),
                choices=[("", _("As chosen above")), *Audience.choices],
                required=False,
            )

    def offer_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer choices in one of the fields."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def tell(self) -> Told:
        """Tell what was said, each field with its audience."""
        given = self.cleaned_data
        return Told(
            offer=given["offer"],
            ask=given["ask"],
            work=given["work"],
            reach=given["reach"],
            tags={kind: given[kind.value] for kind in TagKind},
            audiences={
                field: Audience(given[f"{field}_to"] or given["usual_to"])
                for field in Field
            },
        )


def start_from(profile: Profile) -> dict[str, Any]:
    """Start a form from what a profile says."""
    audiences = {field: getattr(profile, f"{field}_to") for field in Field}
    usual = Counter(audiences.values()).most_common(1)[0][0]
    tags = list(profile.tags.all())
    return {
        "workplace": str(profile.place_id),
        "offer": profile.offer,
        "ask": profile.ask,
        "work": profile.work,
        "reach": profile.reach,
        "usual_to": usual,
        **{
            f"{field}_to": "" if audience == usual else audience
            for field, audience in audiences.items()
        },
        **{
            kind.value: [tag.value for tag in tags if tag.kind == kind]
            for kind in TagKind
        },
    }


class SearchForm(forms.Form):
    """What somebody looks for."""

    practice = forms.ChoiceField(label=_("Practice"), required=False)
    grades = forms.ChoiceField(
        label=_("Grades"), choices=[("", _("Any")), *GradeSpan.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Any")), *Language.choices], required=False
    )
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(
        self, data: Any, *, practices: list[tuple[str, str]], places: Sequence[Place]
    ) -> None:
        super().__init__(data)
        for name, choices in (
            ("practice", practices),
            ("place", [(str(each.pk), each.name) for each in places]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *choices]

    def tell(self) -> Sought:
        """Tell what is looked for."""
        given = self.cleaned_data
        return Sought(
            given["practice"],
            given["grades"],
            given["language"],
            forms.UUIDField().clean(given["place"]) if given["place"] else None,
        )


class RoundForm(forms.Form):
    """A round and its days."""

    name = forms.CharField(label=_("Name of the round"), max_length=120)
    join_by = day_field(_("People join until"))
    strike_by = day_field(_("They look at their lists until"))
    ask_first = day_field(_("First asked how it goes on"))
    ask_second = day_field(_("Asked again on"))
    last = day_field(_("The round ends on"))


def propose_round(on: dt.date) -> dict[str, dt.date]:
    """Propose the days of a round that is opened on a day."""
    join_by = on + dt.timedelta(weeks=WEEKS_TO_JOIN)
    strike_by = join_by + dt.timedelta(days=DAYS_TO_LOOK)
    first, second = propose_days(strike_by)
    june = dt.date(second.year, JUNE, MIDDLE)
    return {
        "join_by": join_by,
        "strike_by": strike_by,
        "ask_first": first,
        "ask_second": second,
        "last": june if june > second else dt.date(second.year + 1, JUNE, MIDDLE),
    }


class NewForm(forms.Form):
    """Joining as somebody new, with limits."""

    standing = forms.ChoiceField(
        choices=[(Standing.NEW.value, "")],
        initial=Standing.NEW,
        widget=forms.HiddenInput,
    )
    only_near = forms.BooleanField(
        label=_("Only somebody in my district or county"), required=False
    )
    not_own_school = forms.BooleanField(
        label=_("Nobody from my own school"), required=False
    )
    only_language = forms.ChoiceField(
        label=_("Only somebody who speaks"),
        choices=[("", _("Any language")), *Language.choices],
        required=False,
    )


class SeasonedForm(forms.Form):
    """Joining as somebody seasoned, with a capacity."""

    standing = forms.ChoiceField(
        choices=[(Standing.SEASONED.value, "")],
        initial=Standing.SEASONED,
        widget=forms.HiddenInput,
    )
    capacity = forms.TypedChoiceField(
        label=_("How many people I can meet with"),
        choices=[(number, number) for number in range(1, MOST_CAPACITY + 1)],
        coerce=int,
    )
    takes_third = forms.BooleanField(
        label=_(
            "If somebody would be left out, one more may join, and we meet as three"
        ),
        required=False,
    )


class QuestionForm(forms.Form):
    """A short question."""

    text = words_field(_("A short question"), 300)


class AnswerForm(forms.Form):
    """Its answer."""

    text = words_field(_("Your answer"), 600)


class DayForm(forms.Form):
    """When the two meet."""

    day = day_field(_("We meet on"))
    at = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
