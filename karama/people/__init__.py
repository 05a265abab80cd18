"""Participants: their identity under seal, who works with them, how they may be reached, what they agreed to."""
