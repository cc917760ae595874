//! Measures the real binary against its budgets: CPU time of the server process per request, next
//! to that of the cryptography alone, measured in the same minute by this program.

mod cpu;
mod deployment;
mod fill;
mod http;
mod json_api;
mod lab;
mod memory;
mod primitives;
mod report;
mod scenarios;
mod server;
mod stopwatch;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::deployment::Deployment;
use crate::lab::Lab;
use crate::primitives::Primitives;
use crate::report::Report;

/// Measures the real binary against its budgets.
#[derive(Parser)]
struct Arguments {
    /// The binary to measure.
    #[arg(long)]
    server: PathBuf,
    /// A folder on the disk whose commits are measured.
    #[arg(long)]
    work_dir: PathBuf,
    /// Users in the store.
    #[arg(long, default_value_t = 100_000)]
    users: usize,
    /// Users in the stores of the rows that compare few with many.
    #[arg(long, default_values_t = [100, 1_000, 1_000_000], num_args = 3)]
    list_users: Vec<usize>,
    /// Rounds of each row; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Measures only rows whose name contains one of these.
    #[arg(long)]
    only: Vec<String>,
    /// Replaces the table in this document.
    #[arg(long)]
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let folder = tempfile::Builder::new()
        .prefix("poolhouse-bench-")
        .tempdir_in(&arguments.work_dir)?;
    let mut report = Report::new(&arguments.only);
    let primitives = Primitives::prepare()?;
    report.costs(&primitives)?;
    measure_empty(arguments, folder.path(), &mut report)?;
    measure_filled(arguments, folder.path(), &primitives, &mut report)?;
    measure_lists(arguments, folder.path(), &primitives, &mut report)?;
    println!("\n{}", report.table());
    if let Some(document) = &arguments.write {
        report.write_into(document)?;
    }
    Ok(report.exit_code())
}

fn measure_empty(arguments: &Arguments, folder: &Path, report: &mut Report) -> Result<()> {
    let empty = Deployment::make(&arguments.server, &folder.join("empty"))?;
    let name = "start to first JWKS answer, empty";
    report.add(name, || scenarios::start(&empty, name, 50.0, 10.0))?;
    let name = "memory idle, empty";
    report.add(name, || scenarios::idle_memory(&empty, name))
}

fn measure_filled(
    arguments: &Arguments,
    folder: &Path,
    primitives: &Primitives,
    report: &mut Report,
) -> Result<()> {
    let deployment = Deployment::make(&arguments.server, &folder.join("filled"))?;
    fill::fill(&deployment, arguments.users)?;
    let name = "start to first JWKS answer, 100,000 users";
    report.add(name, || scenarios::start(&deployment, name, 150.0, 30.0))?;
    let name = "memory idle, 100,000 users";
    report.add(name, || scenarios::idle_memory(&deployment, name))?;
    let lab = |deployment| Lab::start(deployment, primitives, arguments.rounds);
    measure_requests(lab(&deployment)?, arguments.users, report)?;
    let cheap = deployment.with_cheap_hashes();
    measure_accounts(lab(&cheap)?, report)
}

/// Rows whose point is that the number of users does not matter.
fn measure_lists(
    arguments: &Arguments,
    folder: &Path,
    primitives: &Primitives,
    report: &mut Report,
) -> Result<()> {
    let names = [
        "ListUsers, page of 60, 1,000 users",
        "ListUsers, exact e-mail, 1,000 users",
        "ListUsers, page of 60, 1,000,000 users",
        "ListUsers, exact e-mail, 1,000,000 users",
        "sign-in p50, 1,000,000 users against 100",
    ];
    // Filling takes minutes.
    if !names.iter().any(|name| report.wants(name)) {
        return Ok(());
    }
    let make = |name: &str, users: usize| -> Result<Deployment> {
        let deployment = Deployment::make(&arguments.server, &folder.join(name))?;
        fill::fill(&deployment, users)?;
        Ok(deployment)
    };
    let [few, some, many] = [0, 1, 2].map(|index| arguments.list_users[index]);
    let deployments = [make("few", few)?, make("some", some)?, make("many", many)?];
    let lab = |index: usize| Lab::start(&deployments[index], primitives, arguments.rounds);
    let (few_lab, some_lab, many_lab) = (lab(0)?, lab(1)?, lab(2)?);
    for (index, lab, users) in [(0, &some_lab, some), (2, &many_lab, many)] {
        let (page, email) = (names[index], names[index + 1]);
        report.add(page, || scenarios::users_page(lab, page))?;
        report.add(email, || scenarios::email_filter(lab, email, users))?;
    }
    report.add(names[4], || {
        scenarios::sign_in_among_many(names[4], (&few_lab, few), (&many_lab, many))
    })?;
    for lab in [few_lab, some_lab, many_lab] {
        lab.server.stop()?;
    }
    Ok(())
}

fn measure_requests(lab: Lab<'_>, users: usize, report: &mut Report) -> Result<()> {
    report.add("JWKS", || scenarios::jwks(&lab))?;
    report.add("discovery", || scenarios::discovery(&lab))?;
    report.add("GetUser", || scenarios::get_user(&lab))?;
    report.add("userInfo", || scenarios::user_info(&lab))?;
    report.add("client credentials", || scenarios::client_credentials(&lab))?;
    report.add("refresh", || scenarios::refresh(&lab))?;
    report.add("code exchange", || scenarios::code_exchange(&lab))?;
    report.add("password sign-in", || {
        scenarios::password_sign_in(&lab, users)
    })?;
    report.add("SRP sign-in", || scenarios::srp_sign_in(&lab))?;
    let page = "ListUsers, page of 60, 100,000 users";
    report.add(page, || scenarios::users_page(&lab, page))?;
    let email = "ListUsers, exact e-mail, 100,000 users";
    report.add(email, || scenarios::email_filter(&lab, email, users))?;
    report.add("memory after load", || {
        scenarios::loaded_memory(&lab.server)
    })?;
    lab.server.stop()
}

fn measure_accounts(lab: Lab<'_>, report: &mut Report) -> Result<()> {
    report.add("AdminCreateUser", || scenarios::admin_create_user(&lab))?;
    report.add("SignUp", || scenarios::sign_up(&lab))?;
    lab.server.stop()
}
