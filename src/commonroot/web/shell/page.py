"""What a page is about, and the rule that lets somebody in."""

from dataclasses import dataclass

from commonroot.domain.network.sight import Rule


@dataclass(frozen=True)
class Page:
    """One address: who is let in, and what it is about.

    `rule` lets in those whom it reaches at the place that the address names (`about`
    says which argument, or thing at a place, that is), or at any place when it names
    none. A thing that is `anywhere` is for whoever the rule reaches at some place. One
    that is somebody's `own` is for those it belongs to alone, wherever the rule reaches.
    What `stays` is still its owner's when their last role has ended: to take it back.
    Without a rule everybody who is signed in is let in, or, when `public`, everybody.
    """

    rule: Rule | None = None
    about: str = ""
    anywhere: bool = False
    own: bool = False
    stays: bool = False
    public: bool = False
    changes: bool = False
    note: str = ""
