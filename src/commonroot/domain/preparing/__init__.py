"""What is prepared for people before they meet; it reads across teams and records."""
