"""What a session says of the appointment of its day, and correcting one."""
