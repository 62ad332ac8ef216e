"""An engine without a GPU: OpenAI's protocol as vLLM speaks it, at a pace that is set."""
