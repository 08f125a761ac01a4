"""What an issuer said of whoever signed in there."""

from collections.abc import Mapping
from typing import Any

Claims = Mapping[str, Any]
# Some issuers write the word, some the number, and all of them mean the same.
YES = ("true", "1")


def read_claims(told: Mapping[str, Claims]) -> list[Claims]:
    """Give the token's claims and the profile's; none when they are not of one person.

    The token alone was checked for who made it, for whom and until when: without it a
    profile says nothing.

    >>> read_claims({"id_token": {"sub": "1"}, "userinfo": {"sub": "1"}})
    [{'sub': '1'}, {'sub': '1'}]
    >>> read_claims({"id_token": {"sub": "1"}, "userinfo": {"sub": "2"}})
    []
    >>> read_claims({"userinfo": {"sub": "1"}})
    []
    """
    token, profile = told.get("id_token"), told.get("userinfo")
    if not token or not token.get("sub"):
        return []
    if profile is None:
        return [token]
    return [token, profile] if profile.get("sub") == token["sub"] else []


def find_verified_email(told: list[Claims], verified: str) -> str | None:
    """Find the e-mail of which an issuer says that it is theirs, in small letters.

    An address counts only beside the word that it is verified, and whoever says that word
    must agree.

    >>> find_verified_email([{"email": "Ana@a.org", "email_verified": True}], "email_verified")
    'ana@a.org'
    >>> find_verified_email([{"email": "ana@a.org"}], "email_verified")
    >>> find_verified_email(
    ...     [{"email": "ana@a.org", "email_verified": True},
    ...      {"email": "ana@a.org", "email_verified": "false"}], "email_verified")
    """
    speaking = [each for each in told if each.get("email") and verified in each]
    if any(str(each[verified]).lower() not in YES for each in speaking):
        return None
    found = {str(each["email"]).strip().lower() for each in speaking}
    return found.pop() if len(found) == 1 else None
