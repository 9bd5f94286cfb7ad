"""The window: shows the open case and forwards what is typed. It computes nothing."""
