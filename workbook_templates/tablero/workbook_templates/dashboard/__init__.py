"""The dashboard: where its parts stand, what its charts are drawn from, and the charts."""
