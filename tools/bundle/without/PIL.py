"""Stands for Pillow, which ReportLab imports at its start and asks for pictures only: the papers have none.

``None`` is what ReportLab takes for a Pillow that is not installed.
"""

Image = None
