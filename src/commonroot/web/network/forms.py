"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.choices import MemberKind, RoleKind
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
        field.choices = [(kind.value, kind.label) for kind in kinds]


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
