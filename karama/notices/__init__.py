"""Telling somebody something, without the message betraying why."""
