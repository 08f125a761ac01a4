"""Problems that a person can mend: told in a sentence, with exit status 2."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from commonroot.analysis.disclosure.design import DesignError
from commonroot.briefs.rows import BriefError
from commonroot.intake import MappingError, SecretError, UnreadableFileError

BAD_INPUT = 2


class ProblemError(click.ClickException):
    """A problem with what was given."""

    exit_code = BAD_INPUT


@contextmanager
def tell_problems() -> Iterator[None]:
    """Turn a known problem into its sentence."""
    try:
        yield
    except (
        BriefError,
        DesignError,
        MappingError,
        SecretError,
        UnreadableFileError,
    ) as error:
        raise ProblemError(str(error)) from None
