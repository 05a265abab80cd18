"""Registers of others that a programme must fill, made from its records and never typed twice."""
