"""What stands behind a score: what each KPI weighs in it, and where the year will end."""
