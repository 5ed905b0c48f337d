"""What a company decides about itself: who it is, how its agent behaves, how meetings are given out (PRODUCT §5.4)."""
