"""Small rosters for tests: plain lists of staff, and a bundle."""

from commonroot.domain.network.roster_actions import give_roster, take_in_roster
from intake.roster.bundles import make_bundle, write_zip

STAFF = """\
Name,Email,Role,School,District
Ann West,ANN@oak.example,Principal,Oak,North
Ben Hill,ben@oak.example,Teacher,Oak,North
Cy Elm,cy@oak.example,"Teacher, grade 3",New School,North
Di Fir,,Teacher,Oak,North
Eli Ash,eli@oak.example,Custodian,Oak,North
Flo Bay,flo@elm.example,Counselor,Elm,South
Gus Yew,gus@oak.example,Student,Oak,North
"""


def write_staff(folder, text=STAFF, name="staff.csv"):
    path = folder / name
    path.write_text(text)
    return path


def write_bundle(folder, version="1.2", **files):
    """Write a bundle; `files` are texts by their name, edited or whole."""
    bundle = {**make_bundle(version), **{f"{n}.csv": t for n, t in files.items()}}
    return write_zip(folder / "bundle.zip", bundle)


def give(by, place, path, **more):
    return give_roster(by=by, place=place, path=path, name=path.name, **more)


def take(by, place, path, **more):
    return take_in_roster(by=by, given=give(by, place, path, **more))
