"""The fault table: what is broken, what has to come of it, and what did."""
