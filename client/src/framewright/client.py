"""The two clients, sync and async, by their public names."""

from ._async.client import AsyncClient
from ._sync.client import Client
from ._sync.orders import Order
from .events import Event

__all__ = ["AsyncClient", "Client", "Event", "Order"]
