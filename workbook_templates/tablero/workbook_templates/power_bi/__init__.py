"""A Power BI project: the tables of a scored model with relations, measures and pages."""
