"""Who sees and does what with learning."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
