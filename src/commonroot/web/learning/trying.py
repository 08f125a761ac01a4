"""Doing what a form asks, and standing by the field when it cannot be done."""

import uuid
from collections.abc import Callable

from django import forms

from commonroot.domain.learning.reasons import LearningError


def do(form: forms.Form, field: str, deed: Callable[[], object]) -> bool:
    """Do what a form asks for if it can be read; what is in the way stands with a field."""
    if not form.is_valid():
        return False
    try:
        deed()
    except LearningError as problem:
        form.add_error(field, str(problem))
        return False
    return True


def read_key(text: str) -> uuid.UUID | None:
    """Read a key that a form sent; None when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
