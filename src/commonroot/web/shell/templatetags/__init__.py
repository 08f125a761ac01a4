"""What templates can do beside what the framework brings."""
