"""What blocks of a page have in common."""


class Whole:
    """A block that is never divided."""

    def split(self, room: float, *, at_top: bool) -> None:
        """It stays whole."""
