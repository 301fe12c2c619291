//! The forms in which pages exist, and what each of them can tell.

use std::fmt;

use crate::fact::Attribute;

/// A form of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Omada's export of its documentation.
    OmadaMarkdown,
    /// The text of a page of UniFi's, as a browser copies it.
    UnifiText,
    /// The same page as a browser saves it.
    UnifiHtml,
    /// An OpenAPI document of either vendor.
    OpenApi,
}

impl Form {
    /// Whether a page of this form can tell such a fact at all. What it cannot tell, its silence does not deny.
    pub fn tells(self, attribute: Attribute, is_answer: bool) -> bool {
        match self {
            Self::OpenApi => true,
            Self::OmadaMarkdown => match attribute {
                Attribute::Default | Attribute::UniqueItems | Attribute::Filter => false,
                Attribute::Required => !is_answer,
                _ => true,
            },
            Self::UnifiText | Self::UnifiHtml => matches!(
                attribute,
                Attribute::Exists
                    | Attribute::Type
                    | Attribute::Required
                    | Attribute::Enum
                    | Attribute::Filter
                    | Attribute::Status
                    | Attribute::Unit
            ),
        }
    }

    /// Whether a type comes with its format wherever it has one.
    pub fn tells_formats(self) -> bool {
        self == Self::OpenApi
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OmadaMarkdown => "Omada's Markdown",
            Self::UnifiText => "UniFi's page text",
            Self::UnifiHtml => "UniFi's HTML",
            Self::OpenApi => "OpenAPI JSON",
        })
    }
}
