//! The ids that stand in UniFi's paths, and are no UUIDs.

use crate::path_segment::path_segment;

path_segment!(
    /// The id of a console in the cloud. It may hold a colon.
    ConsoleId,
    "consoleId"
);
