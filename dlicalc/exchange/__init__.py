"""What travels: codes on paper, and paper read back."""
