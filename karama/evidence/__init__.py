"""What the programme can say about itself in numbers, each with its n, its missing and its bounds."""
