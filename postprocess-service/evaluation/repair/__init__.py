"""Faulty answers, and how the repair does on them."""
