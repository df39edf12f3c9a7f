"""The window: the only room that knows Qt. One folder a screen, each a view and a presenter."""
