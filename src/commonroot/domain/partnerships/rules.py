"""Who sees and does what with partnerships."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
