"""The made-up network of the demo, area by area, in the order in which they need one another."""

from commonroot.domain.coaching.made_visits import make_visits
from commonroot.domain.connections.made_connections import make_connections
from commonroot.domain.convenings.made_convening import make_convenings
from commonroot.domain.highlights.made_highlights import make_years
from commonroot.domain.learning.made_learning import make_learning
from commonroot.domain.learning.made_paths import make_paths
from commonroot.domain.partnerships.made_partnerships import make_partnerships
from commonroot.domain.teams.made_year import make_teams


def make_network() -> None:
    """Make what people of the made-up region did in a year; what is there stays as it is."""
    for make in (
        make_teams,
        make_partnerships,
        make_visits,
        make_learning,
        make_paths,
        make_connections,
        make_convenings,
        make_years,
    ):
        make()
