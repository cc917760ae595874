//! The writer thread: many writes, one commit.

use std::sync::Arc;
use std::thread;

use parking_lot::Mutex;
use poolhouse_storage::StorageError;
use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::connection::run;
use super::damage::DamageWatch;
use super::gathering::{GATHERING_TTL, Gathering};
use crate::statement::Statement;
use crate::value::Row;

/// Writes that share a commit at most, so that none waits long for the others.
const WRITES_PER_COMMIT: usize = 256;

type Answer = Result<Vec<Vec<Row>>, StorageError>;

/// A write on its way to the writer thread.
pub(super) struct Job {
    /// What to run, whole or not at all.
    pub(super) statements: Vec<Statement>,
    /// Where the answer goes once the commit is on disk.
    pub(super) answer: oneshot::Sender<Answer>,
}

/// Runs jobs until the queue is closed and empty.
pub(super) fn run_jobs(
    connection: &Arc<Mutex<Connection>>,
    watch: &DamageWatch,
    mut jobs: mpsc::Receiver<Job>,
) {
    let mut waiting = Vec::with_capacity(WRITES_PER_COMMIT);
    let mut gathering = Gathering::new();
    while jobs.blocking_recv_many(&mut waiting, WRITES_PER_COMMIT) > 0 {
        if gathering.should_wait(waiting.len()) {
            let before = waiting.len();
            thread::sleep(GATHERING_TTL);
            take_more(&mut jobs, &mut waiting);
            gathering.note(before, waiting.len());
        }
        let mut answers = Vec::with_capacity(waiting.len());
        let outcome = run_group(&connection.lock(), watch, &waiting, &mut answers);
        answer_all(&mut waiting, answers, outcome);
    }
}

/// Takes what waits in the queue, without waiting for more.
fn take_more(jobs: &mut mpsc::Receiver<Job>, waiting: &mut Vec<Job>) {
    while waiting.len() < WRITES_PER_COMMIT
        && let Ok(job) = jobs.try_recv()
    {
        waiting.push(job);
    }
}

/// Hands out answers after the commit. Without one, also a conflict is void: what it conflicted
/// with may have been a change of the same group.
fn answer_all(waiting: &mut Vec<Job>, answers: Vec<Answer>, outcome: Result<(), StorageError>) {
    match outcome {
        Ok(()) => {
            for (job, answer) in waiting.drain(..).zip(answers) {
                // A caller that went away is no reason not to answer the others.
                let _ = job.answer.send(answer);
            }
        }
        Err(error) if waiting.len() == 1 => {
            // The error is its own: a conflict, for example.
            let job = waiting.pop();
            let _ = job.map(|job| job.answer.send(Err(error)));
        }
        Err(error) => {
            for job in waiting.drain(..) {
                let _ = job.answer.send(Err(repeat(&error)));
            }
        }
    }
}

fn repeat(error: &StorageError) -> StorageError {
    match error {
        StorageError::Damaged { file, detail } => StorageError::Damaged {
            file: file.clone(),
            detail: detail.clone(),
        },
        other => StorageError::Unavailable(other.to_string()),
    }
}

/// Runs jobs and commits them together. A job that is alone needs no savepoint: what it
/// conflicts with ends the transaction, which holds nothing else.
fn run_group(
    connection: &Connection,
    watch: &DamageWatch,
    jobs: &[Job],
    answers: &mut Vec<Answer>,
) -> Result<(), StorageError> {
    watch.check()?;
    let command = |sql| run(connection, sql, &[]).map_err(|error| watch.translate(&error));
    command("BEGIN IMMEDIATE")?;
    let outcome = if let [job] = jobs {
        run_statements(connection, watch, &job.statements).map(|rows| answers.push(Ok(rows)))
    } else {
        jobs.iter().try_for_each(|job| {
            answers.push(run_job(connection, watch, &job.statements)?);
            Ok(())
        })
    };
    let outcome = outcome.and_then(|()| command("COMMIT").map(drop));
    if outcome.is_err() && !connection.is_autocommit() {
        command("ROLLBACK")?;
    }
    outcome
}

/// Runs one job of several; an error beside its answer means that the whole group is lost.
fn run_job(
    connection: &Connection,
    watch: &DamageWatch,
    statements: &[Statement],
) -> Result<Answer, StorageError> {
    let command = |sql| run(connection, sql, &[]).map_err(|error| watch.translate(&error));
    command("SAVEPOINT job")?;
    let answer = run_statements(connection, watch, statements);
    if let Err(error) = answer {
        // A full disk or a read error ends the whole transaction, not only the savepoint.
        if connection.is_autocommit() || matches!(error, StorageError::Damaged { .. }) {
            return Err(error);
        }
        command("ROLLBACK TO job")?;
        command("RELEASE job")?;
        return Ok(Err(error));
    }
    command("RELEASE job")?;
    Ok(answer)
}

fn run_statements(
    connection: &Connection,
    watch: &DamageWatch,
    statements: &[Statement],
) -> Answer {
    let mut rows = Vec::with_capacity(statements.len());
    for statement in statements {
        let conflict = statement.conflict.map(StorageError::Conflict);
        match run(connection, &statement.sql, &statement.params) {
            Ok((found, count)) => match conflict {
                Some(conflict) if !statement.is_satisfied_by(count) => return Err(conflict),
                _ => rows.push(found),
            },
            Err(error) => {
                let is_violation =
                    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation);
                return Err(conflict
                    .filter(|_| is_violation)
                    .unwrap_or_else(|| watch.translate(&error)));
            }
        }
    }
    Ok(rows)
}
