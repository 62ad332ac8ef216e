"""The state of the mesh and how generations go, for the console's dashboard."""
