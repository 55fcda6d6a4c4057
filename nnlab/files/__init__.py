"""Files, read and written: tables, npz, Python, ONNX, PNG, SVG. They know networks and documents, and no session."""
