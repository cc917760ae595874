//! Going through a seed: first what would change, then the changes.

use poolhouse_model::UserPool;

use super::users::{UserPlan, UserRepair};
use super::{
    Seed, SeedAction, SeedChange, SeedClient, SeedFailure, SeedGroup, SeedMode, SeedPool,
    SeedProblem, SeedResourceServer, SeedUser,
};
use crate::error::ServiceError;
use crate::service::Service;

/// One change that a seed asks for.
struct Step<'a> {
    line: u64,
    change: SeedChange,
    work: Work<'a>,
}

/// What is to be done.
enum Work<'a> {
    CreatePool(&'a SeedPool),
    CreateGroup(&'a SeedPool, &'a SeedGroup),
    CreateResourceServer(&'a SeedResourceServer),
    CreateClient(&'a SeedPool, &'a SeedClient),
    CreateUser(&'a SeedPool, &'a SeedUser),
    RepairUser(&'a SeedPool, &'a SeedUser, UserRepair),
}

impl Service {
    /// Tells what a seed would change, or puts it in force; a second time changes nothing.
    ///
    /// What can be checked without writing is checked first. Should a write be refused all the
    /// same, what was written before stays, and the next run goes on from there.
    /// # Errors
    /// [`SeedFailure`] names the first part that cannot be put in force;
    /// [`ServiceError::FeatureNotServed`] in it outside the dev profile.
    pub async fn seed(&self, seed: &Seed, mode: SeedMode) -> Result<Vec<SeedChange>, SeedFailure> {
        let mut changes = Vec::new();
        for step in self.plan_seed(seed).await? {
            if mode == SeedMode::Apply {
                let done = self.do_work(step.work).await;
                done.map_err(|source| fail(step.line, &step.change.what, source))?;
            }
            changes.push(step.change);
        }
        Ok(changes)
    }

    async fn plan_seed<'a>(&self, seed: &'a Seed) -> Result<Vec<Step<'a>>, SeedFailure> {
        let mut steps = Vec::new();
        for wanted in &seed.pools {
            let what = format!("user pool {}", wanted.id);
            let planned = self.plan_pool(wanted).await;
            let (pool, is_new) = planned.map_err(|source| fail(wanted.line, &what, source))?;
            if is_new {
                let work = Work::CreatePool(wanted);
                steps.push(Step::new(wanted.line, what, SeedAction::Create, work));
            }
            steps.extend(self.plan_steps_of_apis_and_groups(&pool, wanted).await?);
            for client in &wanted.clients {
                let what = format!("app client {} of {}", client.id, wanted.id);
                let planned = self.plan_client(&pool, wanted, client, is_new).await;
                if planned.map_err(|source| fail(client.line, &what, source))? {
                    let work = Work::CreateClient(wanted, client);
                    steps.push(Step::new(client.line, what, SeedAction::Create, work));
                }
            }
            for user in &wanted.users {
                steps.extend(self.plan_step_of_user(&pool, wanted, user).await?);
            }
        }
        Ok(steps)
    }

    async fn plan_steps_of_apis_and_groups<'a>(
        &self,
        pool: &UserPool,
        wanted: &'a SeedPool,
    ) -> Result<Vec<Step<'a>>, SeedFailure> {
        let mut steps = Vec::new();
        for server in &wanted.resource_servers {
            let what = format!(
                "resource server {} of {}",
                server.server.identifier, wanted.id
            );
            let planned = self.plan_resource_server(pool, server).await;
            if planned.map_err(|source| fail(server.line, &what, source))? {
                let work = Work::CreateResourceServer(server);
                steps.push(Step::new(server.line, what, SeedAction::Create, work));
            }
        }
        for group in &wanted.groups {
            let what = format!("group {} of {}", group.name, wanted.id);
            let planned = self.plan_group(pool, group).await;
            if planned.map_err(|source| fail(group.line, &what, source))? {
                let work = Work::CreateGroup(wanted, group);
                steps.push(Step::new(group.line, what, SeedAction::Create, work));
            }
        }
        Ok(steps)
    }

    async fn plan_step_of_user<'a>(
        &self,
        pool: &UserPool,
        wanted: &'a SeedPool,
        user: &'a SeedUser,
    ) -> Result<Option<Step<'a>>, SeedFailure> {
        let what = format!("user {} of {}", user.username, wanted.id);
        let planned = self.plan_user(pool, wanted, user).await;
        let planned = planned.map_err(|source| fail(user.line, &what, source))?;
        Ok(match planned {
            UserPlan::Nothing => None,
            UserPlan::Create => {
                let work = Work::CreateUser(wanted, user);
                Some(Step::new(user.line, what, SeedAction::Create, work))
            }
            UserPlan::Repair(repair) => {
                let work = Work::RepairUser(wanted, user, repair);
                Some(Step::new(user.line, what, SeedAction::Update, work))
            }
        })
    }

    async fn do_work(&self, work: Work<'_>) -> Result<(), SeedProblem> {
        match work {
            Work::CreatePool(pool) => self.create_seed_pool(pool).await,
            Work::CreateGroup(pool, group) => self.create_seed_group(pool, group).await,
            Work::CreateResourceServer(server) => self.create_seed_resource_server(server).await,
            Work::CreateClient(pool, client) => self.create_seed_client(pool, client).await,
            Work::CreateUser(pool, user) => self.create_seed_user(pool, user).await,
            Work::RepairUser(pool, user, repair) => self.repair_seed_user(pool, user, repair).await,
        }
    }

    pub(super) fn require_seeds(&self) -> Result<(), ServiceError> {
        if self.settings.is_dev {
            return Ok(());
        }
        let text = "Seeds, which fix ids and secrets, are part of the dev profile.";
        Err(ServiceError::FeatureNotServed(text.to_owned()))
    }
}

impl<'a> Step<'a> {
    fn new(line: u64, what: String, action: SeedAction, work: Work<'a>) -> Self {
        Self {
            line,
            change: SeedChange { action, what },
            work,
        }
    }
}

fn fail(line: u64, what: &str, source: SeedProblem) -> SeedFailure {
    SeedFailure {
        line,
        what: what.to_owned(),
        source,
    }
}
