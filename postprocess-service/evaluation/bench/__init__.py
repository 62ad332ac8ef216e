"""Times of emission, repair and analysis, and of the worst inputs that anybody may send."""
