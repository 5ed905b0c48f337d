"""What nobody can use any more is forgotten, every hour and in every company."""
