"""From lines to a certificate: commit, draw, find, certify."""
