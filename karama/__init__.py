"""Karama: the software of a mental health and psychosocial support programme."""
