"""Files made to harm, and the watch over the command that reads them."""
