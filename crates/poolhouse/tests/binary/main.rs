//! The program as it is run: started, asked, stopped, killed.

mod api;
mod http;
mod process;
mod written_user;

mod dev_tools;
mod error_references;
mod explain_command;
mod hostile_memory;
mod kill_9;
mod log_secrets;
mod mail;
mod master_key;
mod quickstart;
mod refusals;
mod seed;
mod sms;
mod start;
mod stop;
mod tls;
mod tls_files;
mod token_checks;
mod token_command;
mod token_pool;
mod two_instances;
