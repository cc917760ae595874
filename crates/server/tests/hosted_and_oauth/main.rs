//! The OAuth endpoints, the hosted pages and the developer's pages, called in process.

mod browser;
mod oauth_code_flow;
