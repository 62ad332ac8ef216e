"""The sub-commands of `framewright`: one module each, registered by its `add_to(app)`."""
