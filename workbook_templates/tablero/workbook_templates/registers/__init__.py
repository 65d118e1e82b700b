"""Registers that people keep in the workbook: action plans, causes, the SWOT."""
