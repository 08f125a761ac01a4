"""Things of learning that an address is about, made for the test of walls."""

from web.learning.path_things import OWN_PATHS, PATHS

MADE = {**PATHS}
# Things that belong to whoever they are made with.
OWN = {**OWN_PATHS}
