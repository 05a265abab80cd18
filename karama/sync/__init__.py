"""What travels to telephones and back, and what needs a human on the way."""
