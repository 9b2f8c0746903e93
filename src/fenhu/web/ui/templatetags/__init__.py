"""Words and figures as pages print them."""
