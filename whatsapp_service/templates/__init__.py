"""The provider's templates, kept as it last told them."""
