"""Power cuts, simulated: what a program wrote and synced is recorded, and the disk rebuilt as a cut would leave it."""
