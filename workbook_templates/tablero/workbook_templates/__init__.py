"""What a scorecard is: definition, figures, scored model, workbook, and back."""
