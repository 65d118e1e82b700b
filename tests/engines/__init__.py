"""Engines that open, calculate and judge the workbooks the project writes."""
