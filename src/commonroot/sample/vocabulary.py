"""Vocabulary: the plain words for places, behaviours, responses and roles."""

MINOR = "Minor (staff-managed)"
MAJOR = "Major (administrator-managed)"

OFFENDER = "Offender"
VICTIM = "Victim"
WITNESS = "Witness"

LOCATIONS = (
    "Classroom",
    "Playground",
    "Cafeteria",
    "Hallway",
    "Bathroom",
    "Gym",
    "Library",
    "Bus",
    "Bus loading zone",
    "Commons",
    "Parking lot",
    "Locker room",
)

# Behaviours that rest on a judgement: where disparities concentrate
# (Smolkowski and others 2016).
SUBJECTIVE = ("Defiance", "Disrespect", "Disruption")

# How often each behaviour is recorded, by severity: the shares are made up, in
# the order that public school reports agree on.
MINOR_BEHAVIOURS = {
    "Disruption": 22.0,
    "Defiance": 18.0,
    "Physical contact": 17.0,
    "Disrespect": 12.0,
    "Inappropriate language": 10.0,
    "Property misuse": 7.0,
    "Technology violation": 5.0,
    "Lying/Cheating": 3.0,
    "Inappropriate location": 3.0,
    "Tardy": 2.0,
    "Dress code": 1.0,
}
MAJOR_BEHAVIOURS = {
    "Physical aggression": 22.0,
    "Defiance": 20.0,
    "Disruption": 15.0,
    "Disrespect": 11.0,
    "Inappropriate language": 9.0,
    "Fighting": 7.0,
    "Bullying": 5.0,
    "Harassment": 3.0,
    "Property damage": 4.0,
    "Theft": 3.0,
    "Technology violation": 3.0,
}
OLDER_BEHAVIOURS = {"Skip class": 14.0, "Vaping": 7.0}
BEHAVIOURS = tuple(sorted({*MINOR_BEHAVIOURS, *MAJOR_BEHAVIOURS, *OLDER_BEHAVIOURS}))
TOWARDS_OTHERS = (
    "Physical contact",
    "Physical aggression",
    "Fighting",
    "Bullying",
    "Harassment",
)

# What a place makes more or less likely; anything not named here is 1.
LEANINGS: dict[str, dict[str, float]] = {
    "Classroom": {"Disruption": 1.8, "Defiance": 1.5, "Fighting": 0.3},
    "Playground": {
        "Physical contact": 3.0,
        "Physical aggression": 3.0,
        "Fighting": 2.0,
        "Disruption": 0.3,
        "Technology violation": 0.1,
    },
    "Cafeteria": {"Physical contact": 1.5, "Property misuse": 2.0},
    "Hallway": {"Physical contact": 1.8, "Inappropriate language": 1.6},
    "Bathroom": {
        "Property misuse": 3.0,
        "Property damage": 3.0,
        "Vaping": 6.0,
        "Inappropriate location": 3.0,
        "Disruption": 0.3,
    },
    "Bus": {"Inappropriate language": 1.8, "Physical contact": 1.6},
    "Parking lot": {"Skip class": 3.0, "Vaping": 4.0},
}

REMOVALS = (
    "Removal from classroom",
    "In-school suspension",
    "Out-of-school suspension",
)
MINOR_RESPONSES = {
    "Conference with student": 40.0,
    "Reteach Expectations": 20.0,
    "Loss of privilege": 14.0,
    "Restorative conversation": 12.0,
    "Family contact": 9.0,
    "Removal from classroom": 5.0,
}
MAJOR_RESPONSES = {
    "Conference with student": 22.0,
    "Detention": 14.0,
    "Removal from classroom": 14.0,
    "Restorative conversation": 12.0,
    "In-school suspension": 11.0,
    "Out-of-school suspension": 9.0,
    "Family contact": 8.0,
    "Loss of privilege": 6.0,
    "Restitution": 4.0,
}

NOT_BEHAVIOUR = "No Behavior Event/Documentation"
AWARD = "Caught Being Kind"
