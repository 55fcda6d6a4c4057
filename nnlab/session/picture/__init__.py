"""What is seen of a session: snapshot, frame and the looks inside, as plain JSON values."""
