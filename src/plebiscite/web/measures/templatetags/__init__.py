"""What the templates of the public pages say things with."""
