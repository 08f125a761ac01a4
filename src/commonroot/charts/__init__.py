"""Every drawing, with the words that say what it shows: pages, PDF and printer share it."""
