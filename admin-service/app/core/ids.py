"""Identifiers that sort by the time of their making: pages go by them, and need no second key."""

import secrets
import time


def new_id() -> str:
    """32 hexadecimal digits: 48 bits of milliseconds, then 80 random bits (the layout of UUID version 7)."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
