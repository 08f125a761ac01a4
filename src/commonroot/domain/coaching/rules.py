"""Who sees and does what with coaching."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
