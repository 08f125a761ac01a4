"""The pages of connections, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.connections.rules import (
    CONNECT,
    EDIT_PRACTICES,
    RUN_ROUND,
    SEE_DIRECTORY,
)
from commonroot.web.shell.page import Page

OWN_LIST = "one's own list alone"
OWN_MATCH = "the two of the match alone"
PAGES: Mapping[str, Page] = {
    "connections:show-connections": Page(CONNECT, note="one's own"),
    "connections:keep-profile": Page(CONNECT, changes=True, note="one's own"),
    "connections:leave-directory": Page(
        changes=True, note="one's own, also for whoever has no role any more"
    ),
    "connections:export-own": Page(note="one's own"),
    "connections:search-directory": Page(
        SEE_DIRECTORY, note="each field for those its owner chose"
    ),
    "connections:show-profile": Page(
        SEE_DIRECTORY,
        about="profile",
        anywhere=True,
        note="each field for those its owner chose, within one's own network",
    ),
    "connections:edit-practices": Page(EDIT_PRACTICES, about="place", changes=True),
    "connections:list-rounds": Page(RUN_ROUND, note="those one may run"),
    "connections:open-round": Page(RUN_ROUND, about="place", changes=True),
    "connections:show-round": Page(
        CONNECT,
        about="round",
        anywhere=True,
        note="a round of one's own network: its days, and one's own part in it",
    ),
    "connections:join-round": Page(
        CONNECT,
        about="round",
        anywhere=True,
        changes=True,
        note="for whoever works within the round's place",
    ),
    "connections:run-round": Page(
        RUN_ROUND,
        about="round",
        note="who is in it, matched and confirmed; no strikes, no messages",
    ),
    "connections:make-lists": Page(RUN_ROUND, about="round", changes=True),
    "connections:settle-round": Page(RUN_ROUND, about="round", changes=True),
    "connections:call-off-round": Page(RUN_ROUND, about="round", changes=True),
    **{
        f"connections:{name}": Page(
            CONNECT,
            about="participant",
            anywhere=True,
            own=True,
            changes=changes,
            note=OWN_LIST,
        )
        for name, changes in (("show-list", True), ("leave-round", True))
    },
    **{
        f"connections:{name}": Page(
            CONNECT,
            about="match",
            anywhere=True,
            own=True,
            changes=changes,
            note=OWN_MATCH,
        )
        for name, changes in (
            ("show-match", False),
            ("accept-match", True),
            ("decline-match", True),
            ("ask-question", True),
            ("plan-day", True),
            ("say-how-it-goes", True),
        )
    },
    "connections:answer-question": Page(
        CONNECT,
        about="question",
        anywhere=True,
        own=True,
        changes=True,
        note="whoever was asked, alone",
    ),
}
