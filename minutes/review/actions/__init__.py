"""What one can do in a review: rounds are opened and closed, remarks written, taken and answered."""
