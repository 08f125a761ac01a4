"""Intake, engines, analysis, release: one printable sheet. No framework."""
