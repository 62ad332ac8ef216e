"""Measurements of the gateway alone."""
