"""Commonroot: a working place for school data teams."""

__version__ = "0.1.0"
