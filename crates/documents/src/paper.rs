//! 文书: a typed paper becomes a PDF and pictures of its pages (domain.md §5).
