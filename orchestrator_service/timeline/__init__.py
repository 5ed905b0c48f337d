"""The timeline: everything that happened with one lead, from whatever slice."""
