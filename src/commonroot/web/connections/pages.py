"""The pages of connections, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.connections.rules import (
    CONNECT,
    EDIT_PRACTICES,
    JOIN,
    RUN_ROUND,
)
from commonroot.web.shell.page import Page


def own(*, changes: bool = False) -> Page:
    """Give the line of a page about a match of one's own."""
    return Page(
        JOIN, about="match", own=True, changes=changes, note="the two who are matched"
    )


PAGES: Mapping[str, Page] = {
    "connections:show-own": Page(JOIN, note="one's own profile, rounds and matches"),
    "connections:keep-profile": Page(CONNECT, changes=True, note="one's own profile"),
    "connections:leave": Page(JOIN, changes=True, note="one's own profile"),
    "connections:search": Page(
        CONNECT, note="fields that their owners let one read, found in no other way"
    ),
    "connections:export-own": Page(JOIN, note="one's own profile and matches"),
    "connections:edit-practices": Page(EDIT_PRACTICES, about="place", changes=True),
    "connections:list-rounds": Page(RUN_ROUND, note="those that one runs"),
    "connections:begin-round": Page(RUN_ROUND, about="place", changes=True),
    "connections:show-round": Page(JOIN, about="round"),
    "connections:join-round": Page(
        JOIN, about="round", changes=True, note="for whoever works where the round is"
    ),
    "connections:leave-round": Page(JOIN, about="round", changes=True),
    "connections:strike": Page(
        JOIN, about="round", changes=True, note="one's own, seen by nobody else"
    ),
    "connections:run-round": Page(
        RUN_ROUND, about="round", note="names, and who said yes; no profile, no message"
    ),
    "connections:settle-round": Page(RUN_ROUND, about="round", changes=True),
    "connections:show-match": own(),
    "connections:confirm-match": own(changes=True),
    "connections:decline-match": own(changes=True),
    "connections:ask-match": own(changes=True),
    "connections:answer-follow-up": own(changes=True),
}
