"""The pages of partnerships, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.partnerships.rules import (
    EDIT_STAGES,
    KEEP_PARTNERSHIP,
    KEEP_PAYERS,
    PLAN_PARTNERSHIP,
    SEE_PARTNERSHIP,
    SEE_PAYERS,
    SEE_SCHOOL_PART,
)
from commonroot.web.shell.page import Page

KEPT = "partnership"
PAGES: Mapping[str, Page] = {
    "partnerships:list-partnerships": Page(
        SEE_SCHOOL_PART, note="those one may see, and one's own school's part"
    ),
    "partnerships:open-partnership": Page(
        SEE_SCHOOL_PART,
        about="place",
        note="a school's own part: no money, no notes, no other school",
    ),
    "partnerships:begin-partnership": Page(
        KEEP_PARTNERSHIP, about="place", changes=True
    ),
    "partnerships:edit-stages": Page(EDIT_STAGES, about="place", changes=True),
    "partnerships:show-partnership": Page(SEE_PARTNERSHIP, about=KEPT),
    "partnerships:print-partnership": Page(
        SEE_PARTNERSHIP, about=KEPT, note="money only for those who may see payers"
    ),
    "partnerships:change-years": Page(KEEP_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:export-partnership": Page(
        SEE_PARTNERSHIP, about=KEPT, note="money only for those who may see payers"
    ),
    "partnerships:show-plan": Page(SEE_PARTNERSHIP, about=KEPT),
    "partnerships:add-step": Page(PLAN_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:settle-step": Page(PLAN_PARTNERSHIP, about="step", changes=True),
    "partnerships:show-stages": Page(SEE_PARTNERSHIP, about=KEPT),
    "partnerships:reach-stage": Page(KEEP_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:take-back-stage": Page(
        KEEP_PARTNERSHIP, about="stage reached", changes=True
    ),
    "partnerships:show-schools": Page(SEE_PARTNERSHIP, about=KEPT),
    "partnerships:add-school": Page(KEEP_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:change-part": Page(
        KEEP_PARTNERSHIP, about="school part", changes=True
    ),
    "partnerships:note-readiness": Page(PLAN_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:take-back-readiness": Page(
        PLAN_PARTNERSHIP, about="readiness note", changes=True
    ),
    "partnerships:show-renewals": Page(SEE_PARTNERSHIP, about=KEPT),
    "partnerships:plan-renewal": Page(KEEP_PARTNERSHIP, about=KEPT, changes=True),
    "partnerships:settle-renewal": Page(
        KEEP_PARTNERSHIP, about="renewal", changes=True
    ),
    "partnerships:show-payers": Page(SEE_PAYERS, about=KEPT),
    "partnerships:add-pay-line": Page(KEEP_PAYERS, about=KEPT, changes=True),
    "partnerships:remove-pay-line": Page(KEEP_PAYERS, about="pay line", changes=True),
}
