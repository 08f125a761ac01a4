"""What is due, promised and planned for one person, gathered from every area."""
