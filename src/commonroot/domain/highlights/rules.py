"""Who sees and does what with highlights."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
