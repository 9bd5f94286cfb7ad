"""What stands on the printed order and other services."""
