"""The telephone: its own code under Node, beside the server's."""
