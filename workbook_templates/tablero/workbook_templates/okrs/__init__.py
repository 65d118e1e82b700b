"""Objectives and key results: their definition, their check-ins, their scores and their places."""
