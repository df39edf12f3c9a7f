"""From PDF bytes to a printer or a file, with closed answers. Knows nothing of dossiers or sheets."""
