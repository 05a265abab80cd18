"""What stands around the tests: what they need on the machine, a PostgreSQL of their own, a browser, the account at the end."""
