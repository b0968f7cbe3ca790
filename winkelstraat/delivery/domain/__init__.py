"""When goods can be collected; plain Python."""
