"""The data team's cycle: the meeting, the change, the check."""
