//! 台账: rows become Excel, CSV or GeoJSON, and Excel becomes rows again (domain.md §6).
