"""What measures the project's speed and memory."""
