//! The look of hosted pages.

use async_trait::async_trait;
use poolhouse_model::{
    Branding, ClientId, Logo, LogoFormat, Stylesheet, UiCustomization, UserPoolId,
};
use poolhouse_storage::{Conflict, UiCustomizations};

use super::{Result, app_clients, user_pools};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Columns, Row, Value};

const ENTITY: &str = "UI customization";

statements! {
    INSERT = "INSERT INTO ui_customizations (pool_id, client_id, css, css_fingerprint, logo, \
              logo_format, logo_fingerprint, created_at, updated_at, version) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
              ON CONFLICT (pool_id, client_id) DO NOTHING";
    UPDATE = "UPDATE ui_customizations SET css = ?3, css_fingerprint = ?4, logo = ?5, \
              logo_format = ?6, logo_fingerprint = ?7, created_at = ?8, updated_at = ?9, \
              version = ?10 WHERE pool_id = ?1 AND client_id = ?2 AND version = ?11";
    DELETE = "DELETE FROM ui_customizations WHERE pool_id = ?1 AND client_id = ?2";
    FIND = "SELECT pool_id, client_id, css, css_fingerprint, logo, logo_format, \
            logo_fingerprint, created_at, updated_at, version FROM ui_customizations \
            WHERE pool_id = ?1 AND client_id = ?2";
    FIND_BRANDING = "SELECT client_id, css_fingerprint, logo_format, logo_fingerprint \
                     FROM ui_customizations WHERE pool_id = ?1 AND client_id IN (?2, ?3)";
}

/// Sets the look of the pages of a client that is there, or of all.
pub(super) fn put(customization: &UiCustomization) -> Vec<Statement> {
    let UiCustomization {
        pool_id, client_id, ..
    } = customization;
    let owner = if customization.is_for_all_clients() {
        user_pools::require(pool_id)
    } else {
        app_clients::require(pool_id, client_id)
    };
    let mut row = to_row(customization);
    let change = if customization.version == 1 {
        Statement::one(INSERT, row, Conflict::Stale)
    } else {
        row.push(Value::Integer(customization.version - 1));
        Statement::one(UPDATE, row, Conflict::Stale)
    };
    vec![owner, change]
}

/// Removes the look of a client's pages.
pub(super) fn delete(pool_id: &UserPoolId, client_id: &ClientId) -> Statement {
    Statement::any(DELETE, params![pool_id.as_str(), client_id.as_str()])
}

fn to_row(customization: &UiCustomization) -> Vec<Value> {
    let sheet = customization.stylesheet.as_ref();
    let logo = customization.logo.as_ref();
    params![
        customization.pool_id.as_str(),
        customization.client_id.as_str(),
        sheet.map(|sheet| sheet.source.as_str()),
        sheet.map(|sheet| sheet.fingerprint.as_str()),
        logo.map(|logo| logo.bytes.as_slice()),
        logo.map(|logo| logo.format.as_str()),
        logo.map(|logo| logo.fingerprint.as_str()),
        customization.created_at,
        customization.updated_at,
        customization.version,
    ]
    .to_vec()
}

fn from_row(row: Row) -> Result<UiCustomization> {
    let mut columns = row.read(ENTITY);
    Ok(UiCustomization {
        pool_id: UserPoolId::new(columns.text()?),
        client_id: ClientId::new(columns.text()?),
        stylesheet: stylesheet(&mut columns)?,
        logo: logo(&mut columns)?,
        created_at: columns.timestamp()?,
        updated_at: columns.timestamp()?,
        version: columns.integer()?,
    })
}

fn stylesheet(columns: &mut Columns) -> Result<Option<Stylesheet>> {
    let source = columns.optional_text()?;
    let fingerprint = columns.optional_text()?;
    let parts = source.zip(fingerprint);
    Ok(parts.map(|(source, fingerprint)| Stylesheet {
        source,
        fingerprint,
    }))
}

fn logo(columns: &mut Columns) -> Result<Option<Logo>> {
    let bytes = columns.optional_blob()?;
    let version = logo_version(columns)?;
    let parts = bytes.zip(version);
    Ok(parts.map(|(bytes, (format, fingerprint))| Logo {
        format,
        bytes,
        fingerprint,
    }))
}

fn logo_version(columns: &mut Columns) -> Result<Option<(LogoFormat, String)>> {
    let format = columns.optional_named(LogoFormat::parse)?;
    let fingerprint = columns.optional_text()?;
    Ok(format.zip(fingerprint))
}

fn branding_from_row(row: Row) -> Result<Branding> {
    let mut columns = row.read(ENTITY);
    Ok(Branding {
        client_id: ClientId::new(columns.text()?),
        stylesheet: columns.optional_text()?,
        logo: logo_version(&mut columns)?,
    })
}

#[async_trait]
impl UiCustomizations for SqlStorage {
    async fn find_ui_customization(
        &self,
        pool: &UserPoolId,
        client: &ClientId,
    ) -> Result<Option<UiCustomization>> {
        let key = params![pool.as_str(), client.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }

    async fn find_branding(
        &self,
        pool: &UserPoolId,
        client: &ClientId,
    ) -> Result<Option<Branding>> {
        let all = UiCustomization::ALL_CLIENTS;
        let keys = params![pool.as_str(), client.as_str(), all];
        let rows = self.db.query(FIND_BRANDING, &keys).await?;
        let mut for_all = None;
        for row in rows {
            let branding = branding_from_row(row)?;
            if branding.client_id == *client {
                return Ok(Some(branding));
            }
            for_all = Some(branding);
        }
        Ok(for_all)
    }
}
