"""The receiving side: a district's hub that keeps every authentic event of its offices, once."""
