"""Forms about partnerships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.school_years import name_year
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import PartnerSide, RenewalEnd, Turn
from commonroot.domain.partnerships.models import Partnership, Stage, Step
from commonroot.domain.partnerships.years import find_autumn

YEARS_BACK, YEARS_ON = 12, 12


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Make a field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def words_field(label: Any, length: int, **more: Any) -> forms.CharField:
    """Make a field of some lines."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def year_field(label: Any, **more: Any) -> forms.TypedChoiceField:
    """Make a field of a school year, by the autumn in which it begins."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, **more)


def list_years(*known: int) -> list[tuple[int, str]]:
    """List the school years that are offered: those about now, and those that are known."""
    now = find_autumn(today())
    years = {*range(now - YEARS_BACK, now + YEARS_ON + 1), *known}
    return [(year, name_year(year)) for year in sorted(years)]


class OwnForm(forms.Form):
    """A form whose fields have names of their own, and offers that are known late."""

    def __init__(self, *given: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*given, **more)

    def offer(self, name: str, offered: list[tuple[Any, str]]) -> None:
        """Offer choices in a field; one that may stay empty begins with nothing."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered if field.required else [("", "—"), *offered]


class BeginForm(OwnForm):
    """With whom, and for which school years."""

    partner = forms.ChoiceField(label=_("Partner"))
    first_year = year_field(_("First school year"))
    last_year = year_field(_("Last school year"))

    def __init__(self, *given: Any, partners: list[Place], **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer("partner", [(str(each.pk), each.name) for each in partners])
        for name in ("first_year", "last_year"):
            self.offer(name, list_years())


class YearsForm(OwnForm):
    """The school years of a partnership."""

    first_year = year_field(_("First school year"))
    last_year = year_field(_("Last school year"))

    def __init__(self, *given: Any, partnership: Partnership) -> None:
        known = (partnership.first_year, partnership.last_year)
        start = {"first_year": known[0], "last_year": known[1]}
        super().__init__(*given, initial=start)
        for name in start:
            self.offer(name, list_years(*known))


class StageReachedForm(OwnForm):
    """Which stage was reached, when, and how one can tell."""

    stage = forms.ChoiceField(label=_("Stage"))
    day = day_field(_("Reached on"))
    evidence = words_field(_("How one can tell"), 600)

    def __init__(self, *given: Any, stages: list[Stage], **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer("stage", [(str(each.pk), str(each)) for each in stages])


class StepForm(OwnForm):
    """A step of the plan."""

    what = words_field(_("What"), 300)
    side = forms.ChoiceField(label=_("Whose step it is"), choices=PartnerSide.choices)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    who = forms.CharField(
        label=_("Or somebody who is not in this list"), max_length=120, required=False
    )
    by_when = day_field(_("By when"))

    def __init__(self, *given: Any, people: list[Person]) -> None:
        super().__init__(*given)
        self.offer("owner", [(str(each.pk), each.name) for each in people])


class TurnForm(OwnForm):
    """What became of a step."""

    turn = forms.ChoiceField(label=_("What became of it"))
    line = forms.CharField(label=_("In a line"), max_length=300)
    by_when = day_field(
        _("The new day"),
        required=False,
        help_text=_("Only for a step that is moved or taken up again."),
    )

    def __init__(self, *given: Any, step: Step) -> None:
        super().__init__(*given)
        turns = (
            [Turn.DONE, Turn.MOVED, Turn.DROPPED]
            if step.state == "open"
            else [Turn.TAKEN_UP]
        )
        self.offer("turn", [(each.value, str(each.label)) for each in turns])


class SchoolForm(OwnForm):
    """A school, from when it takes part, and how one can tell that it is ready."""

    school = forms.ChoiceField(label=_("School"))
    first = day_field(_("Takes part from"))
    readiness = words_field(
        _("How one can tell that it is ready"),
        600,
        required=False,
        help_text=_("Kept with the notes below. No school sees it."),
    )

    def __init__(self, *given: Any, schools: list[Place]) -> None:
        super().__init__(*given)
        self.offer("school", [(str(each.pk), each.name) for each in schools])


class PartForm(OwnForm):
    """What changes in a school's part, and from when."""

    change = forms.ChoiceField(
        label=_("What changes"),
        choices=[
            ("whole", _("It is a whole school partner, from this day")),
            ("not_whole", _("It was a whole school partner until this day")),
            ("ends", _("It takes part until this day, and then no more")),
            ("mistake", _("It was added by mistake: take it off")),
        ],
    )
    day = day_field(_("Day"), required=False)


class ReadinessForm(OwnForm):
    """What was noticed of a school's readiness."""

    school = forms.ChoiceField(label=_("School"))
    text = words_field(_("What you noticed"), 600)

    def __init__(self, *given: Any, schools: list[Place]) -> None:
        super().__init__(*given)
        self.offer("school", [(str(each.pk), each.name) for each in schools])


class RenewalForm(OwnForm):
    """When both sides talk about going on."""

    day = day_field(_("Day of the renewal talk"))
    about = words_field(_("About what"), 300, required=False)
    owner = forms.ChoiceField(label=_("Who holds it"), required=False)

    def __init__(self, *given: Any, people: list[Person]) -> None:
        super().__init__(*given)
        self.offer("owner", [(str(each.pk), each.name) for each in people])


class RenewalEndForm(OwnForm):
    """What came of it."""

    ending = forms.ChoiceField(label=_("What came of it"), choices=RenewalEnd.choices)
    line = forms.CharField(label=_("In a line"), max_length=300)
    last_year = year_field(
        _("New last school year"), required=False, help_text=_("If you go on.")
    )
    day = day_field(
        _("Another day"), required=False, help_text=_("If you talk again later.")
    )

    def __init__(self, *given: Any, partnership: Partnership) -> None:
        super().__init__(*given)
        later = [each for each in list_years() if each[0] > partnership.last_year]
        self.offer("last_year", later)


class PayLineForm(OwnForm):
    """Who pays for what."""

    year = year_field(_("School year"))
    what = forms.CharField(label=_("What"), max_length=200)
    payer = forms.CharField(label=_("Who pays"), max_length=120)
    amount = forms.CharField(
        label=_("How much, if you want to say"), max_length=80, required=False
    )

    def __init__(self, *given: Any, partnership: Partnership) -> None:
        super().__init__(*given)
        years = range(partnership.first_year, partnership.last_year + 1)
        self.offer("year", [(year, name_year(year)) for year in years])
