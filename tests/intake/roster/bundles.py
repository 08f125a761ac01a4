"""Two small bundles that are as OneRoster says, and ways to write them down."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from commonroot.intake.roster.standard import list_names

PASSWORD = "Opensesame-canary"
STUDENT = "Marisolcanary"
PARENT = "Guardiancanary"
Bundle = dict[str, str]

ORGS = """\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,,,Cedar Valley,district,4100001,
s1,,,Hill School,school,410000100001,d1
x1,,,Student Services,department,,d1
"""
SESSIONS = """\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y1,,,2025-26,schoolYear,2025-08-25,2026-06-12,,2026
t1,,,Fall,term,2025-08-25,2026-01-23,y1,2026
"""
COURSES = """\
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
c1,,,y1,Reading,,03,s1,,
"""
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
k1,,,Reading 3,03,c1,,scheduled,,s1,"t1,y1",,,
"""
ENROLMENTS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,,,k1,s1,u2,teacher,true,2025-08-25,2026-06-12
e2,,,k1,s1,u3,student,false,,
"""
USERS_11 = f"""\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
u1,,,true,"d1,s1",administrator,awest,,Ann,West,,,ann@hill.example,,,,,{PASSWORD}
u2,,,false,s1,teacher,boak,,Ben,Oak,,,,,555-0100,,,
u3,,,true,s1,student,mfir,,{STUDENT},Fir,,,m@hill.example,,,u4,03,{PASSWORD}
u4,,,true,s1,guardian,gfir,,{PARENT},Fir,,,g@home.example,,,u3,,
"""
USERS_12 = f"""\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
u1,,,true,awest,,Ann,West,,,ann@hill.example,,,,,{PASSWORD},,,,,d1,
u2,,,false,boak,,Ben,Oak,,,,,555-0100,,,,,,,,s1,
u3,,,true,mfir,,{STUDENT},Fir,,,m@hill.example,,,u4,03,{PASSWORD},,,,,s1,
u4,,,true,gfir,,{PARENT},Fir,,,g@home.example,,,u3,,,,,,,s1,
"""
ROLES = """\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r1,,,u1,primary,districtAdministrator,2025-07-01,,d1,
r2,,,u1,primary,principal,,,s1,
r3,,,u2,primary,teacher,2025-08-25,2026-06-12,s1,
r4,,,u3,primary,student,,,s1,
r5,,,u4,primary,guardian,,,s1,
"""


def make_manifest(version: str, files: Mapping[str, str], mode: str = "bulk") -> str:
    """Write a manifest that names every file of the version."""
    lines = ["propertyName,value", "manifest.version,1.0"]
    lines.append(f"oneroster.version,{version}")
    lines += [
        f"file.{name},{mode if f'{name}.csv' in files else 'absent'}"
        for name in list_names(version)
    ]
    return "\n".join([*lines, "source.systemName,Sample", ""])


def make_bundle(version: str) -> Bundle:
    """Make a whole bundle in bulk mode, without a breach."""
    files = {
        "orgs.csv": ORGS,
        "academicSessions.csv": SESSIONS,
        "courses.csv": COURSES,
        "classes.csv": CLASSES,
        "enrollments.csv": ENROLMENTS,
    }
    if version == "1.1":
        files["users.csv"] = USERS_11
    else:
        files |= {"users.csv": USERS_12, "roles.csv": ROLES}
    return {"manifest.csv": make_manifest(version, files), **files}


def make_delta(version: str, status: str = "active") -> Bundle:
    """Make the same bundle in delta mode: every row says when it changed."""
    bundle = make_bundle(version)
    del bundle["manifest.csv"]
    files = {name: mark_rows(text, status) for name, text in bundle.items()}
    return {"manifest.csv": make_manifest(version, files, "delta"), **files}


def mark_rows(text: str, status: str) -> str:
    """Fill the status and the moment of change in every row."""
    header, *rows = text.splitlines()
    mark = f",{status},2025-08-25T14:30:00.000Z,"
    return "\n".join([header, *(row.replace(",,,", mark, 1) for row in rows), ""])


def edit(bundle: Bundle, file: str, old: str, new: str) -> Bundle:
    """Give the bundle with one text of one file replaced."""
    assert old in bundle[file], f"{file} has no {old!r}"
    return {**bundle, file: bundle[file].replace(old, new, 1)}


def write_folder(folder: Path, bundle: Mapping[str, str | bytes]) -> Path:
    """Write a bundle as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in bundle.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(raw)
    return folder


def write_zip(path: Path, bundle: Mapping[str, str | bytes]) -> Path:
    """Write a bundle as a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in bundle.items():
            archive.writestr(name, text)
    return path
