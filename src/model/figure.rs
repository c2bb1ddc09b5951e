//! A chart as data: scales, marks, title, notes, source line; no pixels.
