"""What is counted; every selector takes the day that it counts for."""
