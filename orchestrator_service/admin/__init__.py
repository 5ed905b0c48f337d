"""`/admin/core`: what only a ceo sees and decides about the own company."""
