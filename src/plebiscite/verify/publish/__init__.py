"""What the public gets: the certificate, and the evidence to check it with."""
