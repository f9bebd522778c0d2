"""What is done after a child failed to appear: the chart, its rules, and how it moves on."""
