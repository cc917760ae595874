//! `SetUICustomization`

use poolhouse_model::{ClientId, Logo, Stylesheet, UiCustomization, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::{css, fingerprint, logo};
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

/// A stylesheet and a logo for pages.
#[derive(Clone, Debug)]
pub struct SetUiCustomization {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The client whose pages they are for; `None` or `ALL` for those of every client that has none
    /// of its own.
    pub client_id: Option<ClientId>,
    /// The stylesheet.
    pub css: Option<String>,
    /// The logo, a PNG or JPEG file.
    pub image: Option<Vec<u8>>,
}

impl Service {
    /// Sets stylesheet and logo together: what is left out is gone. Without either, the pages look
    /// as they did before any was set, and `None` comes back.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`];
    /// [`ServiceError::InvalidInput`] without a domain, for a stylesheet that says more than is
    /// allowed, and for a logo that is none; [`ServiceError::Busy`] when it kept changing.
    /// Source: API reference, `SetUICustomization`; AWS page "Customizing hosted UI (classic)
    /// branding" (the two cannot be set separately); Terraform's provider, which removes them so.
    /// Inferred: that what is empty is left out.
    pub async fn set_ui_customization(
        &self,
        request: SetUiCustomization,
    ) -> Result<Option<UiCustomization>, ServiceError> {
        let pool_id = request.pool_id;
        let client_id = self.customized_client(&pool_id, request.client_id).await?;
        let stylesheet = read_stylesheet(request.css)?;
        let logo = read_logo(request.image)?;
        if stylesheet.is_none() && logo.is_none() {
            self.write([Write::DeleteUiCustomization { pool_id, client_id }])
                .await?;
            return Ok(None);
        }
        for _ in 0..MAX_WRITE_ATTEMPTS {
            // A client that was deleted meanwhile is looked for again.
            let current = self
                .storage
                .find_ui_customization(&pool_id, &client_id)
                .await?;
            let now = self.now();
            let customization = UiCustomization {
                pool_id: pool_id.clone(),
                client_id: client_id.clone(),
                stylesheet: stylesheet.clone(),
                logo: logo.clone(),
                created_at: current.as_ref().map_or(now, |current| current.created_at),
                updated_at: now,
                version: current.map_or(0, |current| current.version) + 1,
            };
            let put = Write::PutUiCustomization(Box::new(customization.clone()));
            match self.write([put]).await {
                Ok(()) => return Ok(Some(customization)),
                Err(StorageError::Conflict(Conflict::Stale)) => {
                    let client_id = Some(client_id.clone());
                    self.customized_client(&pool_id, client_id).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }
}

fn read_stylesheet(css: Option<String>) -> Result<Option<Stylesheet>, ServiceError> {
    let Some(source) = css.filter(|css| !css.is_empty()) else {
        return Ok(None);
    };
    css::to_served(&source).map_err(|refusal| ServiceError::InvalidInput(refusal.to_string()))?;
    Ok(Some(Stylesheet {
        fingerprint: fingerprint(source.as_bytes()),
        source,
    }))
}

fn read_logo(image: Option<Vec<u8>>) -> Result<Option<Logo>, ServiceError> {
    let Some(bytes) = image.filter(|image| !image.is_empty()) else {
        return Ok(None);
    };
    let format = logo::format_of(&bytes)
        .map_err(|refusal| ServiceError::InvalidInput(refusal.to_string()))?;
    Ok(Some(Logo {
        format,
        fingerprint: fingerprint(&bytes),
        bytes,
    }))
}
