"""What is tried, one short function a scenario, by what it strikes: connections, load, store, processes, input."""
