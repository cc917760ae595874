//! Adapters for the ports of the service: SMTP.
