"""Notes on leads, for the team alone; whoever is mentioned is told."""
