"""Episodes of care, and what people answer when they are asked how they are."""
