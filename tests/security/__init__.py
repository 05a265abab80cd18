"""Tests of the seal door."""
