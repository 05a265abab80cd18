"""What the demonstration tells of each room, a file per room."""
