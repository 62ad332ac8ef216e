"""What the end-to-end tests share: a mesh of processes, its API over HTTP, and an engine that does as it is told."""
