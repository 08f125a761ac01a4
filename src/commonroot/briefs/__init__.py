"""Intake, engines, analysis, release: one printable sheet. No framework."""

from commonroot.briefs.brief import Brief, Request, make_brief, save
from commonroot.briefs.rows import BriefError

__all__ = ["Brief", "BriefError", "Request", "make_brief", "save"]
