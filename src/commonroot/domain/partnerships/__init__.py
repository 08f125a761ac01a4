"""Partnerships with districts: stages, plan, schools, renewals, and who is present."""
