"""Words of the page of a year in templates."""
