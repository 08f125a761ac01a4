"""Days as people say them."""

from django import template

from commonroot.domain.network.days import say_day, say_day_and_year

register = template.Library()
register.filter("weekday", say_day)
register.filter("weekday_year", say_day_and_year)
