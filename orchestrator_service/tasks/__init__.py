"""Tasks of the team: what somebody shall do about a lead, and until when."""
