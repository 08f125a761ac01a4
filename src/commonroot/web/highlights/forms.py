"""Forms of the page of a year."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonroot.web.shell.fresh_form import FreshForm


class TranslationForm(FreshForm):
    """The words of a page in another language."""

    lead = forms.CharField(
        label=_("What the year was, in two sentences"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shifts = forms.CharField(
        label=_("What shifted"),
        help_text=_("A line for each."),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    did_not_work = forms.CharField(
        label=_("What did not work"),
        help_text=_("A line for each. A page without this is hard to believe."),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordsForm(TranslationForm):
    """The words of a page, and in which language they are written."""

    language = forms.ChoiceField(
        label=_("In which language you write"),
        choices=settings.LANGUAGES,
        required=False,
    )
    field_order = ("language",)
