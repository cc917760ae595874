//! Test application, builders, fake clock and random numbers. Shipped to nobody.
