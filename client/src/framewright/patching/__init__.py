"""Patches on disk: files read as they are, written all or none, undone."""
