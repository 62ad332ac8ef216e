"""The console's files."""
