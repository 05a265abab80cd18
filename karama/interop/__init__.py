"""Other people's formats, one folder a standard. Nothing here decides: it reads, plans, and calls actions."""
