"""The infusion order as a PDF: measures, breaks and draws the texts of a sheet, and decides none of them.

The only package that knows ReportLab.
"""
