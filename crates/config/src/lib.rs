//! Settings of the server: flags over environment over file, one documented struct per section.
