"""A point before decimals and twelve hours, as on the sheet: not as in Spain."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
TIME_FORMAT = "g:i a"
