"""The fleet on a Ray cluster: runners anywhere, any number of web processes. Only this folder imports Ray."""
