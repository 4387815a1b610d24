"""What is refused at a desk, in the language of the page it is shown on."""
