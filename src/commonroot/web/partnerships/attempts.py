"""Trying what a form asks for, and saying beside a field why it cannot be."""

from collections.abc import Callable

from django import forms

from commonroot.domain.partnerships.reasons import PartnershipError, UnreadyError


def attempt(form: forms.Form, field: str, act: Callable[[], object]) -> bool:
    """Do what a form asks for; gives whether it was done, and says in the form why not.

    What is missing of a school's readiness is said beside that field.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except UnreadyError as problem:
        form.add_error("readiness", str(problem))
        return False
    except PartnershipError as problem:
        form.add_error(field, str(problem))
        return False
    return True
