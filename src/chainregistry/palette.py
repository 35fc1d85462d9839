"""The colours of charts and pages, after Okabe and Ito; a test holds them apart for the colour-blind and in grey."""

INK, FAINT = "#1F2328", "#5F6670"
ACCENT, SECOND, MUTED, PALE = "#00558C", "#C24E00", "#8A8F98", "#BFD9EA"
LAYERS = {"named": ACCENT, "published": INK, "bounded": PALE, "complete": "#009E73"}
"""One colour per layer of knowledge, the same on all pages."""
