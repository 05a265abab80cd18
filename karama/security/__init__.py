"""The seal door: every secret of the programme is made, kept and opened here and nowhere else."""
