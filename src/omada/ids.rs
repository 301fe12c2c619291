//! The ids that stand in Omada's paths.

use crate::path_segment::path_segment;

path_segment!(
    /// The id of a controller, or of a customer of an MSP controller: 32 hexadecimal digits.
    OmadacId,
    "omadac_id"
);
path_segment!(
    /// The id of a site: 24 hexadecimal digits.
    SiteId,
    "siteId"
);
path_segment!(
    /// The id of a voucher group: 24 hexadecimal digits.
    GroupId,
    "groupId"
);
path_segment!(
    /// The id of a voucher: 24 hexadecimal digits. It is not the voucher's code.
    VoucherId,
    "voucherId"
);
path_segment!(
    /// The id of a picture that heads printed vouchers.
    PictureId,
    "picId"
);
path_segment!(
    /// The id of the record of a sign-in.
    AuthedRecordId,
    "authedRecordId"
);
