"""`framewright bench`: generate, plan and patch, repeated on the same baseline, and their figures over time."""
