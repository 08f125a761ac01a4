"""What somebody did, as a person says it: the lines of the log in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Mapping[tuple[str, str], str | Promise] = {
    ("accept", "invitation"): _("Accepted an invitation"),
    ("add", "bell period"): _("Added a period of the bell schedule"),
    ("add", "group"): _("Made a group"),
    ("add", "membership"): _("Added somebody to a group"),
    ("add", "person"): _("Added a person"),
    ("add", "place"): _("Added a place"),
    ("add", "term"): _("Added a term"),
    ("choose", "language"): _("Chose a language"),
    ("connect", "sign-in"): _("Connected an account elsewhere"),
    ("disconnect", "sign-in"): _("Let go of an account elsewhere"),
    ("end", "membership"): _("Ended a membership"),
    ("end", "role"): _("Ended a role"),
    ("enter", "entry"): _("Entered what happened"),
    ("erase", "student"): _("Erased a student on request"),
    ("give", "import"): _("Gave a file of incidents"),
    ("give", "role"): _("Gave a role"),
    ("invite", "invitation"): _("Invited somebody"),
    ("mark", "recording break"): _("Marked days as not recorded"),
    ("overtake", "import"): _("Gave a file that was overtaken"),
    ("remove", "place"): _("Took a place back"),
    ("rename", "group"): _("Renamed a group"),
    ("rename", "place"): _("Renamed a place"),
    ("remove", "bell period"): _("Removed a period of the bell schedule"),
    ("remove", "term"): _("Removed a term"),
    ("set", "school rule"): _("Changed how long records are kept"),
    ("take back", "entry"): _("Took an entry back"),
    ("take back", "role"): _("Took a role back"),
    ("take in", "import"): _("Took a file of incidents in"),
    ("take in", "roster"): _("Took a file of staff and schools in"),
    ("undo", "import"): _("Undid a file of incidents"),
    ("unmark", "recording break"): _("Took a mark of days back"),
    ("add", "authenticator app"): _("Added an app as a second step"),
    ("add", "e-mail"): _("Added an e-mail address"),
    ("add", "passkey"): _("Added a passkey"),
    ("add", "recovery codes"): _("Got recovery codes"),
    ("change", "e-mail"): _("Changed the e-mail address"),
    ("change", "password"): _("Changed the password"),
    ("end", "session"): _("Ended a sign-in on another device"),
    ("remove", "authenticator app"): _("Removed the app of the second step"),
    ("remove", "e-mail"): _("Removed an e-mail address"),
    ("remove", "passkey"): _("Removed a passkey"),
    ("remove", "recovery codes"): _("Removed the recovery codes"),
    ("renew", "recovery codes"): _("Got new recovery codes"),
    ("reset", "password"): _("Set a new password by a letter"),
    ("set", "password"): _("Set a password"),
    ("sign in", "account"): _("Signed in"),
    ("sign out", "account"): _("Signed out"),
    ("refuse", "second step"): _("A second step was refused"),
    ("seal", "log"): _("Sealed the log with a key"),
    ("add", "agreement"): _("Wrote down an agreement"),
    ("add", "factor"): _("Added a line to the network’s list"),
    ("remove", "factor"): _("Removed a line of the network’s list"),
    ("add", "note"): _("Wrote a line of the minutes"),
    ("advise", "meeting"): _("Left the facilitator a note"),
    ("begin", "meeting"): _("Began a meeting"),
    ("call off", "meeting"): _("Called a meeting off"),
    ("check", "change"): _("Checked a change"),
    ("end", "agreement"): _("Ended an agreement"),
    ("end", "cycle"): _("Ended a cycle"),
    ("end", "meeting"): _("Ended a meeting"),
    ("ask for", "voice"): _("Asked for a voice that is missing"),
    ("hear", "voice"): _("Wrote down what was heard"),
    ("move", "review"): _("Moved a review"),
    ("go on", "meeting"): _("Went on to another part of a meeting"),
    ("note", "presence"): _("Noted who was there"),
    ("open", "cycle"): _("Opened a cycle"),
    ("plan", "meeting"): _("Planned a meeting"),
    ("renew", "feed"): _("Made an address of dates"),
    ("report", "change"): _("Said whether a change was done"),
    ("set", "duty"): _("Said who does what in meetings"),
    ("share", "story"): _("Shared a story"),
    ("start", "change"): _("Agreed on a change"),
    ("state", "cycle"): _("Stated a pattern"),
    ("take back", "note"): _("Took a line of the minutes back"),
    ("withdraw", "story"): _("Took a story back"),
    ("withdraw", "invitation"): _("Withdrew an invitation"),
}


def tell_deed(verb: str, kind: str) -> str:
    """Tell a deed in words; one without words as the log has it.

    >>> tell_deed("polish", "lamp")
    'polish lamp'
    """
    return str(DEEDS.get((verb, kind), f"{verb} {kind}"))
