"""SWIS: one row a student, behaviours and actions side by side, no other roles."""

from itertools import groupby

from commonroot.sample.bells import twelve_hours
from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    count_faults,
    offender_lines_of,
    repeat_some,
    tell_story,
    write_delimited,
)
from commonroot.sample.incidents import SchoolRecord
from commonroot.sample.vocabulary import MINOR

HEADER = (
    "Referral ID", "School Name", "School Year", "Student ID", "Student Name",
    "Date of Birth", "Grade", "Gender", "Ethnicity", "IEP", "English Learner",
    "Referring Staff", "Referral Date", "Referral Time", "Location", "Referral Type",
    "Behavior", "Additional Behaviors", "Perceived Motivation", "Others Involved",
    "Action Taken", "Additional Actions", "Days Suspended", "Guardian Phone",
    "Guardian Email", "Notes",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Defiance": "Defiance/Insubordination/Non-Compliance",
        "Inappropriate language": "Abusive Language/Inappropriate Language/Profanity",
        "Physical contact": "Physical Contact/Physical Aggression",
        "Physical aggression": "Physical Aggression",
        "Property misuse": "Property Misuse",
        "Property damage": "Property Damage/Vandalism",
        "Technology violation": "Technology Violation",
        "Inappropriate location": "Inappropriate Location/Out of Bounds Area",
        "Dress code": "Dress Code Violation",
        "Theft": "Forgery/Theft/Plagiarism",
    },
    locations={
        "Bathroom": "Bathroom/Restroom",
        "Hallway": "Hallway/Breezeway",
        "Commons": "Commons/Common Area",
    },
    responses={
        "Conference with student": "Conference with Student",
        "Reteach Expectations": "Individualized Instruction",
        "Loss of privilege": "Loss of Privilege",
        "Restorative conversation": "Restorative Practice",
        "Family contact": "Parent Contact",
        "Removal from classroom": "Removal from Classroom",
        "In-school suspension": "In-School Suspension",
        "Out-of-school suspension": "Out-of-School Suspension",
    },
)

MOTIVATIONS = (
    "Obtain Peer Attention", "Obtain Adult Attention", "Avoid Tasks/Activities",
    "Obtain Items/Activities", "Avoid Peer(s)", "Unknown Motivation",
)  # fmt: skip


def export(record: SchoolRecord) -> Export:
    """Write the school's referrals as SWIS would."""
    referrals = [
        (line, [*rest])
        for incident in record.incidents
        for _, group in groupby(
            offender_lines_of(incident), key=lambda one: one.participant.student.number
        )
        for line, *rest in [list(group)]
    ]
    lines = [line for line, _ in referrals]
    rows = repeat_some([_row(line, record) for line in lines], lines, record)
    return Export(write_delimited(HEADER, rows), len(rows), count_faults(lines, record))


def _row(line: Line, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    day = incident.day
    several = len(incident.participants) > 1
    motivation = MOTIVATIONS[(incident.number + student.number) % len(MOTIVATIONS)]
    return [
        str(incident.number), record.school.name,
        f"{incident.autumn}-{incident.autumn + 1}", str(student.number),
        f"{student.last}, {student.first}", f"{student.born:%m/%d/%Y}",
        line.participant.grade, groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"], incident.reporter.name,
        f"{day:%m/%d/%Y}" if day else "", twelve_hours(incident.minute),
        LABELS.location(incident.place),
        "Staff-managed" if incident.severity == MINOR else "Administrator-managed",
        LABELS.behaviour(incident.behaviours[0]),
        "; ".join(map(LABELS.behaviour, incident.behaviours[1:])),
        motivation, "Peers" if several else "None",
        LABELS.response(line.response),
        "; ".join(map(LABELS.response, line.participant.responses[1:])),
        line.response.days_text if line.response else "",
        student.phone, student.email, tell_story(line),
    ]  # fmt: skip
