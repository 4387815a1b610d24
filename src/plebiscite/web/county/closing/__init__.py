"""From settled lines to the certificate, and the proponent's examination."""
