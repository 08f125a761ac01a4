"""Every test has a state folder of its own: no secret of this machine is touched."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast a machine is at this moment says nothing about what is tested.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("COMMONROOT_STATE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def own_language():
    """A page that was asked for in Spanish leaves its language behind in the thread."""
    yield
    translation = sys.modules.get("django.utils.translation")
    if translation is not None:
        translation.deactivate()


@pytest.fixture(autouse=True)
def own_limits():
    """A fast machine signs in more often in a minute than the site lets one address."""
    yield
    cache = sys.modules.get("django.core.cache")
    if cache is not None:
        cache.cache.clear()


@pytest.fixture(scope="session")
def region(tmp_path_factory) -> Path:
    """The sample region, three years, made once in a run."""
    from commonroot.sample import make_region  # noqa: PLC0415  # only who asks pays

    folder = tmp_path_factory.mktemp("region")
    make_region(folder)
    return folder
