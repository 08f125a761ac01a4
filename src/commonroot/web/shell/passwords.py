"""Whether a password is easy to guess, however long it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# Of 0 to 4: from here on a hundred million guesses do not find it.
GOOD_ENOUGH = 3
# The beginning decides: it takes long to look at more.
LONGEST_LOOKED_AT = 72
NAME_OF_SITE = "commonroot"


class NotGuessable:
    """Refuses what zxcvbn finds easy to guess: common words, repeats, rows of keys."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is easy to guess."""
        known = [str(getattr(user, each, "")) for each in ("name", "email")]
        found = zxcvbn(
            password[:LONGEST_LOOKED_AT],
            user_inputs=[*(each for each in known if each), NAME_OF_SITE],
        )
        if found["score"] < GOOD_ENOUGH:
            raise ValidationError(
                _(
                    "This password is easy to guess: it is a common one, one word again and again, or keys in a row. Take three or four words that have nothing to do with one another."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """Say what is wanted."""
        return _("Words that have nothing to do with one another, not one twice.")
