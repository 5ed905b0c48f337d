"""The pipeline: the stages that a company's leads go through."""
