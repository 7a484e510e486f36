"""End-to-end scenarios on a real cluster, and what they are written with."""
