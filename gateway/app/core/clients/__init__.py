"""One client for each service that the gateway calls, with the part of its answers that the gateway reads."""
