"""Things of week that an address is about, made for the test of walls."""

MADE = {}
# Things that belong to whoever they are made with.
OWN = {}
