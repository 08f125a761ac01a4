"""Forms about records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonroot.domain.records.choices import EntriesCount
from commonroot.domain.records.expiry_actions import MOST_YEARS_KEPT


class DaysForm(forms.Form):
    """From which day to which nobody recorded."""

    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"})
    )


class UnmarkForm(forms.Form):
    """Which mark to take back."""

    unmark = forms.UUIDField()


class RuleForm(forms.Form):
    """How long records are kept, and when entries count."""

    years_kept = forms.TypedChoiceField(
        label=_("School years kept, with this one"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_YEARS_KEPT + 1)],
        help_text=_(
            "After that the detail goes, and the released numbers of the year stay."
        ),
    )
    entries_count = forms.ChoiceField(
        label=_("Entries by phone count"),
        choices=EntriesCount.choices,
        help_text=_(
            "What is typed into the student system too would count twice once a file covers its day."
        ),
    )


class ErasureForm(forms.Form):
    """Whom to erase, and why."""

    number = forms.CharField(
        label=_("Student's number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As it stands in the file. It is used once and not kept."),
    )
    reason = forms.CharField(
        label=_("Who asked, and when"),
        max_length=200,
        help_text=_(
            "Write no name, of a student or of who asked: “a parent, on May 4” is enough."
        ),
    )
