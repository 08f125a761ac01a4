"""Who sees and does what with connections."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
