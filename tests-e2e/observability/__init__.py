"""The running mesh as Prometheus, Alertmanager and a reader of logs see it."""
