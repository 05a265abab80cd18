"""The front desk: appointments, arrivals by number, rooms, childcare, interpreters, and who did not come."""
