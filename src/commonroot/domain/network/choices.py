"""The kinds of places, roles, groups and files, in the field's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What a place is."""

    PARTNER = "partner", _("Partner organization")
    REGION = "region", _("Region")
    COUNTY = "county", _("County")
    DISTRICT = "district", _("District")
    SCHOOL = "school", _("School")
    DEPARTMENT = "department", _("Department")


class RoleKind(models.TextChoices):
    """What somebody does somewhere."""

    NETWORK_FACILITATOR = "network_facilitator", _("Network facilitator")
    PARTNERSHIP_DIRECTOR = "partnership_director", _("Partnership director")
    REGIONAL_COACH = "regional_coach", _("Regional coach")
    DISTRICT_COACH = "district_coach", _("District coach")
    TEAM_MEMBER = "team_member", _("Data team member")
    PRINCIPAL = "principal", _("Principal")
    DISTRICT_LEADER = "district_leader", _("District leader")
    EDUCATOR = "educator", _("Educator")
    CAREGIVER_LEAD = "caregiver_lead", _("Caregiver lead")
    BOARD_MEMBER = "board_member", _("Board member")
    EVALUATOR = "evaluator", _("Evaluator")
    LIBRARIAN = "librarian", _("Librarian")
    SITE_KEEPER = "site_keeper", _("Site keeper")


class MemberKind(models.TextChoices):
    """Whose voice a member brings."""

    LICENSED = "licensed", _("Licensed staff")
    CLASSIFIED = "classified", _("Classified staff")
    ADMINISTRATOR = "administrator", _("Administrator")
    STUDENT = "student", _("Student")
    CAREGIVER = "caregiver", _("Caregiver")


class Shift(models.TextChoices):
    """When in the day somebody works."""

    BEFORE_SCHOOL = "before_school", _("Before school")
    SCHOOL_DAY = "school_day", _("During the school day")
    AFTER_SCHOOL = "after_school", _("After school and evenings")
    SPLIT = "split", _("Split: morning and afternoon")


class GroupKind(models.TextChoices):
    """What people meet for."""

    DATA_TEAM = "data_team", _("Data team")
    COHORT = "cohort", _("Cohort")
    INQUIRY = "inquiry", _("Department inquiry")
    OTHER = "other", _("Other group")


class FileState(models.TextChoices):
    """Where a file of people or days stands."""

    WAITING = "waiting", _("Waiting for a yes")
    TAKEN_IN = "taken_in", _("Taken in")
    SET_ASIDE = "set_aside", _("Set aside")


class SchoolFileKind(models.TextChoices):
    """What a file tells of a school."""

    CALENDAR = "calendar", _("School days")
    ENROLMENT = "enrolment", _("Enrolment")
