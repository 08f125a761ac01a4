"""Who sees and does what with convenings."""

from commonroot.domain.network.sight import Rule

RULES: tuple[Rule, ...] = ()
