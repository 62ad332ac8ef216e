# Made by client/unasync.py from framewright._async: change that, and run it.
"""The client with `await`; `framewright._sync` is made from it by `client/unasync.py`."""
