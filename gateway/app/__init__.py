"""The gateway: the public API, the pipeline, and the generations with their event log."""
