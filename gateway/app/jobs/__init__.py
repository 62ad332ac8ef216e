"""What the worker does: one module for each kind of job, and the keeping of the workers themselves."""
