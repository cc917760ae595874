//! Stylesheet and logo as the pages load them.

use poolhouse_model::{Branding, ClientId, Logo, UserPoolId};

use super::css;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Says how the pages of a client look, by names of files; `None` when nobody has set that.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn branding(
        &self,
        pool_id: &UserPoolId,
        client_id: &ClientId,
    ) -> Result<Option<Branding>, ServiceError> {
        Ok(self.storage.find_branding(pool_id, client_id).await?)
    }

    /// The stylesheet of that fingerprint as it is served, if it is the one in force.
    ///
    /// It is made anew of what its owner wrote each time: of one that was taken under an earlier
    /// release nothing is served that would not be taken now.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn branding_stylesheet(
        &self,
        pool_id: &UserPoolId,
        client_id: &ClientId,
        fingerprint: &str,
    ) -> Result<Option<String>, ServiceError> {
        let found = self.storage.find_ui_customization(pool_id, client_id);
        let stylesheet = found.await?.and_then(|found| found.stylesheet);
        let Some(stylesheet) = stylesheet.filter(|sheet| sheet.fingerprint == fingerprint) else {
            return Ok(None);
        };
        match css::to_served(&stylesheet.source) {
            Ok(served) => Ok(Some(served)),
            Err(refusal) => {
                tracing::warn!(user_pool.id = %pool_id, client.id = %client_id,
                    "the stylesheet of pages is not served any more: {refusal}");
                Ok(None)
            }
        }
    }

    /// The logo of that fingerprint, if it is the one in force.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn branding_logo(
        &self,
        pool_id: &UserPoolId,
        client_id: &ClientId,
        fingerprint: &str,
    ) -> Result<Option<Logo>, ServiceError> {
        let found = self.storage.find_ui_customization(pool_id, client_id);
        let logo = found.await?.and_then(|found| found.logo);
        Ok(logo.filter(|logo| logo.fingerprint == fingerprint))
    }
}
