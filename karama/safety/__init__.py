"""Alerts and worries: owned, with a clock, escalated until somebody has spoken with the person."""
