"""People, places, roles, groups: the nouns that every other area shares."""
