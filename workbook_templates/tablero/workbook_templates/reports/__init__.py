"""Reports of a scored workbook for those who do not open it: a page, and a document on paper."""
