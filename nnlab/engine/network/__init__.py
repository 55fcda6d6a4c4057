"""What a network is made of, where it starts, how it is changed."""
