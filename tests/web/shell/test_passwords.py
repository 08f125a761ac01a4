"""A long password that is easy to guess is refused, and one of plain words is not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "letmeinletmeinletmein",
        "aaaaaaaaaaaaaaaaaaaa",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "commonrootcommonroot",
        "ab" * 200,
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    with pytest.raises(ValidationError, match="easy to guess"):
        validate_password(password)


def test_ones_own_name_again_and_again_is_refused(cast):
    cast.Ana.name = "Anastasia Underhill"
    with pytest.raises(ValidationError, match="easy to guess"):
        validate_password("underhillunderhill", cast.Ana)


@pytest.mark.parametrize(
    "password",
    ["four plain words here", "mi perro come pan", "correct horse battery staple"],
)
def test_a_few_words_pass(cast, password):
    validate_password(password, cast.Ana)
