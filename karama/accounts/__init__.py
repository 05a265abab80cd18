"""Users, the duties they hold, who is on duty now, and the sign-in."""
