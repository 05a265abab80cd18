"""Tables that programmes keep today: CSV, XLSX and Parquet."""
