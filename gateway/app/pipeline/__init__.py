"""The pipeline: stages 1 to 12 of a generation, each a module of its own."""
