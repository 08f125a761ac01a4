"""Settings and addresses: what turns the parts into a site."""
