"""In a process of its own beside each runner: long looks at networks, made from copies of them."""
