"""Figures that come from elsewhere: read, recognised, compared with the workbook, put into it."""
