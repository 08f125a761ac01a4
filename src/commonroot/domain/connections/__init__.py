"""New and seasoned: what one offers and asks, and rounds of matching."""
