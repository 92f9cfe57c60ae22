"""Labels as people photograph them."""
