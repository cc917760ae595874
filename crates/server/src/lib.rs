//! The doors: JSON API, OAuth endpoints and hosted pages.
