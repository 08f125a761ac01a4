"""What a network does, area by area: models, rules, queries, actions."""
