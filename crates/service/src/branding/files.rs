//! Stylesheet and logo as the pages load them.

use poolhouse_model::{Branding, ClientId, Logo, UiCustomization, UserPoolId};

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
        let is_it = |branding: &Branding| branding.stylesheet.as_deref() == Some(fingerprint);
        let found = self.find_content(pool_id, client_id, is_it).await?;
        let stylesheet = found.and_then(|found| found.stylesheet);
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
        let is_it = |branding: &Branding| {
            let logo = branding.logo.as_ref();
            logo.is_some_and(|(_, its)| its == fingerprint)
        };
        let found = self.find_content(pool_id, client_id, is_it).await?;
        let logo = found.and_then(|found| found.logo);
        Ok(logo.filter(|logo| logo.fingerprint == fingerprint))
    }

    /// Reads what was set for a client, or for all, if a file of it is the one that is asked for:
    /// anybody may ask for any path, and a wrong one is not worth reading a logo for.
    async fn find_content(
        &self,
        pool_id: &UserPoolId,
        client_id: &ClientId,
        is_asked_for: impl Fn(&Branding) -> bool,
    ) -> Result<Option<UiCustomization>, ServiceError> {
        let in_force = self.storage.find_branding(pool_id, client_id).await?;
        let in_force = in_force.filter(|branding| branding.client_id == *client_id);
        if !in_force.as_ref().is_some_and(is_asked_for) {
            return Ok(None);
        }
        let found = self.storage.find_ui_customization(pool_id, client_id);
        Ok(found.await?)
    }
}
