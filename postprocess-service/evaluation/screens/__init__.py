"""Every pattern with its options over many data models: emitted, checked, judged by the engine where it is at hand."""
