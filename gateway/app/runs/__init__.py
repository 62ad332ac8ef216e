"""How generations run in this process: log writer, hub of subscriptions, executor, lease keeper."""
