"""The window, driven by the keyboard on Qt's offscreen platform."""
