"""Conversations: turns of a session, their frames for sockets, and what replicas tell one another about them."""
