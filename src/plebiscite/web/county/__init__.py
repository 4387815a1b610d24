"""The county desk: from the files an office uploads to the certificate it issues."""
