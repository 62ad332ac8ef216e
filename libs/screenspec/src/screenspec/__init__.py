"""Framewright's file format: the data model of a request and the screen spec, framework-free."""
