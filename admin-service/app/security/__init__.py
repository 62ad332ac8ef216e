"""Passwords, keys, tokens, encryption at rest and the rules for engine URLs: no I/O, no HTTP."""
