"""The local mesh: all services as processes on loopback, under one supervisor."""
