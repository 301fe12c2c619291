//! The pictures that head printed vouchers.

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;

use super::error::Error;
use super::generated::types::{PictureInfo, UploadVoucherLogo};
use super::multipart::{Form, Part};
use super::site::Site;
use crate::validate::{Problem, Violations};

/// The operation does not say which files a controller takes, so it is left to find out by itself.
const ANY_FILE: &str = "application/octet-stream";

impl Site {
    /// Uploads a picture that can head printed vouchers, and answers its id, which
    /// [`EditVoucherGroupPattern`](super::EditVoucherGroupPattern) takes as `logo_picture_id`. The vendor documents no types of
    /// files and no sizes, so the controller alone decides what it takes.
    ///
    /// Needs the permission Site Hotspot Manager Modify, and a controller of version 6.
    ///
    /// ```no_run
    /// use hotspot_vouchers::omada::{Site, UploadVoucherLogo};
    ///
    /// # async fn example(site: &Site) -> Result<(), Box<dyn std::error::Error>> {
    /// let logo = UploadVoucherLogo::builder().file_name("logo.png").build();
    /// let picture = site.upload_voucher_logo(&logo, std::fs::read("logo.png")?).await?;
    /// println!("{:?}", picture.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The vendor's page and codes: [`uploadVoucherLogo`](super::generated::Client::upload_voucher_logo).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the file is empty; nothing is sent then. Otherwise as for any call. Where [`Error::is_unclear`]
    /// is true, the picture may be there; uploading it once more does no harm but to leave it there twice.
    pub async fn upload_voucher_logo(
        &self,
        logo: &UploadVoucherLogo,
        file: impl Into<Bytes>,
    ) -> Result<PictureInfo, Error> {
        let file = file.into();
        if file.is_empty() {
            return Err(Violations::one("file", Problem::Missing { because: None }).into());
        }
        self.send_voucher_logo(logo, Some(&file)).await
    }

    /// Finds a picture that was uploaded before, by its MD5, without sending it again.
    ///
    /// Needs the permission Site Hotspot Manager Modify, and a controller of version 6.
    ///
    /// The vendor's page and codes: [`uploadVoucherLogo`](super::generated::Client::upload_voucher_logo).
    ///
    /// # Errors
    /// [`Error::Invalid`] where the MD5 is missing; nothing is sent then. Otherwise as for any call; the vendor does not say what
    /// a controller answers that has no such picture.
    pub async fn reuse_voucher_logo(&self, logo: &UploadVoucherLogo) -> Result<PictureInfo, Error> {
        if logo.md5.as_ref().is_none_or(String::is_empty) {
            return Err(Violations::one("md5", Problem::Missing { because: None }).into());
        }
        self.send_voucher_logo(logo, None).await
    }

    async fn send_voucher_logo(&self, logo: &UploadVoucherLogo, file: Option<&Bytes>) -> Result<PictureInfo, Error> {
        logo.validate()?;
        let unusable = |error: serde_json::Error| {
            let problem = Problem::Unusable { value: Some(error.to_string()), expected: "what JSON can hold" };
            Violations::one("data", problem)
        };
        let data = serde_json::to_vec(logo).map_err(unusable)?;
        let data = Part { name: "data", file_name: None, content_type: "application/json", bytes: &data };
        let file_name = Some(logo.file_name.as_deref().unwrap_or("logo"));
        let file = file.map(|bytes| Part { name: "file", file_name, content_type: ANY_FILE, bytes });
        let parts: Vec<Part<'_>> = [data].into_iter().chain(file).collect();
        let Form { content_type, body } = Form::new(&parts);
        let (raw, omadac_id, site_id) = self.parts();
        let finish = |request: reqwest::RequestBuilder| request.header(CONTENT_TYPE, &content_type).body(body.clone());
        raw.upload_voucher_logo(omadac_id, site_id, finish).await
    }
}
