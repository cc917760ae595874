//! Going through a seed: first what would change, then the changes.

use poolhouse_model::UserPool;

use super::differences::Plan;
use super::users::{UserPlan, UserRepair};
use super::{
    Seed, SeedAction, SeedChange, SeedClient, SeedDomain, SeedFailure, SeedGroup, SeedMode,
    SeedPool, SeedProblem, SeedResourceServer, SeedUser,
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
    UpdatePool(&'a SeedPool),
    PutDomain(&'a SeedPool, &'a SeedDomain),
    CreateGroup(&'a SeedPool, &'a SeedGroup),
    UpdateGroup(&'a SeedPool, &'a SeedGroup),
    CreateResourceServer(&'a SeedResourceServer),
    UpdateResourceServer(&'a SeedResourceServer),
    CreateClient(&'a SeedPool, &'a SeedClient),
    UpdateClient(&'a SeedPool, &'a SeedClient),
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
            let (pool, plan) = planned.map_err(|source| fail(wanted.line, &what, source))?;
            let is_new = matches!(plan, Plan::Create);
            let works = (Work::CreatePool(wanted), Work::UpdatePool(wanted));
            steps.extend(Step::planned(wanted.line, what, plan, works));
            steps.extend(self.plan_step_of_domain(wanted).await?);
            steps.extend(self.plan_steps_of_apis_and_groups(&pool, wanted).await?);
            for client in &wanted.clients {
                let what = format!("app client {} of {}", client.id, wanted.id);
                let planned = self.plan_client(&pool, wanted, client, is_new).await;
                let plan = planned.map_err(|source| fail(client.line, &what, source))?;
                let (create, update) = (Work::CreateClient, Work::UpdateClient);
                let works = (create(wanted, client), update(wanted, client));
                steps.extend(Step::planned(client.line, what, plan, works));
            }
            for user in &wanted.users {
                steps.extend(self.plan_step_of_user(&pool, wanted, user).await?);
            }
        }
        Ok(steps)
    }

    async fn plan_step_of_domain<'a>(
        &self,
        wanted: &'a SeedPool,
    ) -> Result<Option<Step<'a>>, SeedFailure> {
        let Some(domain) = &wanted.domain else {
            return Ok(None);
        };
        let what = format!("domain {} of {}", domain.prefix, wanted.id);
        let planned = self.plan_domain(wanted, domain).await;
        let plan = planned.map_err(|source| fail(domain.line, &what, source))?;
        let work = || Work::PutDomain(wanted, domain);
        Ok(Step::planned(domain.line, what, plan, (work(), work())))
    }

    async fn plan_steps_of_apis_and_groups<'a>(
        &self,
        pool: &UserPool,
        wanted: &'a SeedPool,
    ) -> Result<Vec<Step<'a>>, SeedFailure> {
        let mut steps = Vec::new();
        for server in &wanted.resource_servers {
            let identifier = &server.server.identifier;
            let what = format!("resource server {identifier} of {}", wanted.id);
            let planned = self.plan_resource_server(pool, server).await;
            let plan = planned.map_err(|source| fail(server.line, &what, source))?;
            let (create, update) = (Work::CreateResourceServer, Work::UpdateResourceServer);
            let works = (create(server), update(server));
            steps.extend(Step::planned(server.line, what, plan, works));
        }
        for group in &wanted.groups {
            let what = format!("group {} of {}", group.name, wanted.id);
            let planned = self.plan_group(pool, group).await;
            let plan = planned.map_err(|source| fail(group.line, &what, source))?;
            let (create, update) = (Work::CreateGroup, Work::UpdateGroup);
            let works = (create(wanted, group), update(wanted, group));
            steps.extend(Step::planned(group.line, what, plan, works));
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
        let (action, differences, work) = match planned {
            UserPlan::Nothing => return Ok(None),
            UserPlan::Create => {
                let work = Work::CreateUser(wanted, user);
                (SeedAction::Create, Vec::new(), work)
            }
            UserPlan::Repair(repair, differences) => {
                let work = Work::RepairUser(wanted, user, repair);
                (SeedAction::Update, differences, work)
            }
        };
        let change = SeedChange {
            action,
            what,
            differences,
        };
        let line = user.line;
        Ok(Some(Step { line, change, work }))
    }

    async fn do_work(&self, work: Work<'_>) -> Result<(), SeedProblem> {
        match work {
            Work::CreatePool(pool) => self.create_seed_pool(pool).await,
            Work::UpdatePool(pool) => self.update_seed_pool(pool).await,
            Work::PutDomain(pool, domain) => self.put_seed_domain(pool, domain).await,
            Work::CreateGroup(pool, group) => self.create_seed_group(pool, group).await,
            Work::UpdateGroup(pool, group) => self.update_seed_group(pool, group).await,
            Work::CreateResourceServer(server) => self.create_seed_resource_server(server).await,
            Work::UpdateResourceServer(server) => self.update_seed_resource_server(server).await,
            Work::CreateClient(pool, client) => self.create_seed_client(pool, client).await,
            Work::UpdateClient(pool, client) => self.update_seed_client(pool, client).await,
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
    /// The step of a plan, with one of two works: to create, or to update.
    fn planned(
        line: u64,
        what: String,
        plan: Plan,
        (create, update): (Work<'a>, Work<'a>),
    ) -> Option<Self> {
        let (action, differences, work) = match plan {
            Plan::Nothing => return None,
            Plan::Create => (SeedAction::Create, Vec::new(), create),
            Plan::Update(differences) => (SeedAction::Update, differences, update),
        };
        let change = SeedChange {
            action,
            what,
            differences,
        };
        Some(Self { line, change, work })
    }
}

fn fail(line: u64, what: &str, source: SeedProblem) -> SeedFailure {
    SeedFailure {
        line,
        what: what.to_owned(),
        source,
    }
}
