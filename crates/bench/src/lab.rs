//! Measures what requests cost a running server.

use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::cpu::ProcessCpu;
use crate::deployment::{CONNECTIONS, Deployment};
use crate::http::Connection;
use crate::primitives::{Primitive, Primitives};
use crate::server::Server;
use crate::stopwatch::Stopwatch;
use crate::table::{Budget, Row, Unit};

/// A running server and what its costs are compared with.
pub(crate) struct Lab<'a> {
    /// What runs.
    pub(crate) deployment: &'a Deployment,
    /// The server.
    pub(crate) server: Server,
    /// The primitives.
    pub(crate) primitives: &'a Primitives,
    /// How often each row is measured; the median counts.
    pub(crate) rounds: usize,
}

/// A row to measure.
pub(crate) struct Load {
    /// What it is.
    pub(crate) name: &'static str,
    /// What was promised.
    pub(crate) budget: Budget,
    /// The primitives that each request cannot do without.
    pub(crate) primitives: &'static [Primitive],
    /// Requests of one connection in a round.
    pub(crate) requests: usize,
}

/// Which request of which round is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// The connection, counted from 0.
    pub(crate) connection: usize,
    /// Number of the request among all of the row, unique.
    pub(crate) number: usize,
}

/// What one round gave for each request, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Round {
    cpu: f64,
    primitives: f64,
    wall: f64,
}

impl<'a> Lab<'a> {
    /// Starts the server of a deployment.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) fn start(
        deployment: &'a Deployment,
        primitives: &'a Primitives,
        rounds: usize,
    ) -> Result<Self> {
        Ok(Self {
            deployment,
            server: Server::start(&deployment.options)?,
            primitives,
            rounds,
        })
    }

    /// Measures a row: in every round `prepare` makes what each request needs, which is not
    /// measured, and then all connections work through theirs at the same time.
    ///
    /// # Errors
    /// When a request fails.
    pub(crate) fn measure<Job: Send>(
        &self,
        load: &Load,
        mut prepare: impl FnMut(&mut Connection, Turn) -> Result<Job>,
        request: impl Fn(&mut Connection, Job) -> Result<()> + Sync,
    ) -> Result<Row> {
        let mut rounds = Vec::with_capacity(self.rounds);
        // The first round warms caches and is not counted.
        for round in 0..=self.rounds {
            let jobs = self.prepare_round(load, round, &mut prepare)?;
            let measured = self.round(load, jobs, &request)?;
            if round > 0 {
                rounds.push(measured);
            }
        }
        Ok(row_of(load, &rounds))
    }

    /// Runs one round of a row: the median time of a request on the clock, in milliseconds.
    ///
    /// # Errors
    /// When a request fails.
    pub(crate) fn p50_of_round<Job: Send>(
        &self,
        load: &Load,
        round: usize,
        mut prepare: impl FnMut(&mut Connection, Turn) -> Result<Job>,
        request: impl Fn(&mut Connection, Job) -> Result<()> + Sync,
    ) -> Result<f64> {
        let jobs = self.prepare_round(load, round, &mut prepare)?;
        Ok(self.round(load, jobs, &request)?.wall)
    }

    fn prepare_round<Job>(
        &self,
        load: &Load,
        round: usize,
        prepare: &mut impl FnMut(&mut Connection, Turn) -> Result<Job>,
    ) -> Result<Vec<Vec<Job>>> {
        let mut connection = self.server.connect()?;
        let turn = |connection, index| Turn {
            connection,
            number: (round * CONNECTIONS + connection) * load.requests + index,
        };
        (0..CONNECTIONS)
            .map(|index| {
                (0..load.requests)
                    .map(|request| prepare(&mut connection, turn(index, request)))
                    .collect()
            })
            .collect()
    }

    fn round<Job: Send>(
        &self,
        load: &Load,
        jobs: Vec<Vec<Job>>,
        request: &(impl Fn(&mut Connection, Job) -> Result<()> + Sync),
    ) -> Result<Round> {
        let before = self.cost_of(load.primitives)?;
        let start = ProcessCpu::read(self.server.pid())?;
        let mut latencies = self.send_all(jobs, request)?;
        let used = ProcessCpu::read(self.server.pid())?.since(&start)?;
        let after = self.cost_of(load.primitives)?;
        let requests = f64::from(u32::try_from(latencies.len())?);
        Ok(Round {
            cpu: millis(used) / requests,
            primitives: f64::midpoint(before, after),
            wall: median(&mut latencies),
        })
    }

    /// Sends the jobs of each connection one after the other; gives back how long each took.
    fn send_all<Job: Send>(
        &self,
        jobs: Vec<Vec<Job>>,
        request: &(impl Fn(&mut Connection, Job) -> Result<()> + Sync),
    ) -> Result<Vec<f64>> {
        let all = Mutex::new(Vec::new());
        let together = Barrier::new(jobs.len());
        let work = |jobs: Vec<Job>| -> Result<()> {
            let connection = self.server.connect();
            together.wait();
            let mut connection = connection?;
            let mut latencies = Vec::with_capacity(jobs.len());
            for job in jobs {
                let stopwatch = Stopwatch::start();
                request(&mut connection, job)?;
                latencies.push(millis(stopwatch.elapsed()));
            }
            let mut all = all.lock().map_err(|_| anyhow!("a connection failed"))?;
            all.extend(latencies);
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = jobs
                .into_iter()
                .map(|jobs| scope.spawn(|| work(jobs)))
                .collect();
            threads.into_iter().try_for_each(|thread| {
                let outcome = thread.join();
                outcome.map_err(|_| anyhow!("a connection failed"))?
            })
        })?;
        all.into_inner().map_err(|_| anyhow!("a connection failed"))
    }

    fn cost_of(&self, primitives: &[Primitive]) -> Result<f64> {
        let mut total = 0.0;
        let mut measured: Vec<(Primitive, f64)> = Vec::new();
        for &primitive in primitives {
            let known = measured.iter().find(|(known, _)| *known == primitive);
            let cost = match known {
                Some((_, cost)) => *cost,
                None => millis(self.primitives.measure(primitive)?),
            };
            measured.push((primitive, cost));
            total += cost;
        }
        Ok(total)
    }
}

fn row_of(load: &Load, rounds: &[Round]) -> Row {
    let median_of =
        |value: fn(&Round) -> f64| median(&mut rounds.iter().map(value).collect::<Vec<_>>());
    let (cpu, wall) = (median_of(|r| r.cpu), median_of(|r| r.wall));
    let primitives = median_of(|r| r.primitives);
    let (value, comparison) = match load.budget.unit {
        Unit::TimesPrimitives => (
            median_of(|r| r.cpu / r.primitives),
            format!("{cpu:.3} ms CPU over {primitives:.3} ms"),
        ),
        Unit::PerSecond => (
            median_of(|r| 1000.0 / (r.cpu - r.primitives)),
            format!("{cpu:.3} ms CPU less {primitives:.3} ms"),
        ),
        _ if load.primitives.is_empty() => (cpu, "CPU".to_owned()),
        _ => (cpu, format!("CPU, of it {primitives:.3} ms cryptography")),
    };
    Row {
        name: load.name,
        budget: load.budget,
        value,
        detail: format!("{comparison}; p50 {wall:.2} ms on the clock"),
    }
}

/// A length of time in milliseconds.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The middle value; 0 of none.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_an_outlier() {
        assert!((median(&mut [3.0, 1.0, 900.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(&mut []).abs() < f64::EPSILON);
    }

    #[test]
    fn a_ratio_is_taken_round_by_round() {
        let load = Load {
            name: "it",
            budget: Budget {
                unit: Unit::TimesPrimitives,
                limit: 1.35,
                aim: 1.12,
            },
            primitives: &[Primitive::Sign],
            requests: 1,
        };
        let round = |cpu, primitives| Round {
            cpu,
            primitives,
            wall: 1.0,
        };
        // A neighbour slows the machine down in the last two rounds, both sides alike.
        let row = row_of(&load, &[round(1.2, 1.0), round(2.4, 2.0), round(6.0, 5.0)]);
        assert!((row.value - 1.2).abs() < 1e-9, "{}", row.value);
    }
}
