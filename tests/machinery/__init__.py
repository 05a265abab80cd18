"""What stands around the tests: needs of the machine, a PostgreSQL, a browser, the account at the end."""
