"""Sample: a made-up region of 11 schools, for the demo, the tests and the guides."""

from commonroot.sample.region import make_region

__all__ = ["make_region"]
