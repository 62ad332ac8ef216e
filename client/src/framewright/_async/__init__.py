"""The client with `await`; `framewright._sync` is made from it by `client/unasync.py`."""
