//! What a change of a surface or of a page means for the version: the one table of it.

use std::fmt;

/// The part of the version that has to go up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// None of them.
    None,
    /// The third number: nobody has to do anything.
    Patch,
    /// The second number: there is more than before.
    Minor,
    /// The first number: what worked may not work any more.
    Major,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

macro_rules! verdicts {
    ($($event:ident => $verdict:ident, $reason:literal;)*) => {
        /// What can happen to a surface.
        #[allow(missing_docs, reason = "the table tells each of them")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Event {
            $($event),*
        }

        impl Event {
            /// Every event, so that the tests can tell which one they forgot.
            pub const ALL: &[Self] = &[$(Self::$event),*];

            /// What the event means for the version, and why.
            pub fn verdict(self) -> (Verdict, &'static str) {
                match self {
                    $(Self::$event => (Verdict::$verdict, $reason)),*
                }
            }
        }
    };
}

verdicts! {
    // A whole surface.
    FirstSurface => Minor, "nothing was reviewed before";
    UnreadableSurface => Major, "nothing can be compared";
    Reordered => Patch, "the same facts in another order";

    // Operations. `generated()` takes each parameter as a positional argument, so even an optional one breaks its callers.
    OperationAdded => Minor, "";
    OperationRemoved => Major, "";
    OperationMoved => Major, "another method or path";
    BodyChanged => Major, "another argument of `generated()`";
    AnswerRetyped => Major, "another return type";
    AnswerStatusChanged => Patch, "every success is read alike";
    RequiredParameterAdded => Major, "one more argument of `generated()`";
    OptionalParameterAdded => Major, "one more argument of `generated()`, though the methods of a site can hide it";
    ParameterRemoved => Major, "one argument of `generated()` less";
    ParameterRetyped => Major, "another argument of `generated()`";
    ParameterMadeRequired => Major, "its argument is no longer an Option";
    ParameterMadeOptional => Major, "its argument becomes an Option";
    PermissionChanged => Patch, "documentation";
    SinceChanged => Patch, "documentation";
    RepeatChanged => Minor, "other calls are repeated";
    ErrorListed => Patch, "documentation";
    ErrorUnlisted => Patch, "documentation";

    // Types.
    TypeAdded => Minor, "";
    TypeRemoved => Major, "";
    TypeTurned => Major, "another sort of type";
    ValueRetyped => Major, "another type on the wire";

    // Fields. The structs are non_exhaustive and requests have builders, so a new field alone breaks nobody.
    OptionalRequestFieldAdded => Minor, "";
    RequiredRequestFieldAdded => Major, "builders that worked lack it";
    AnswerFieldAdded => Minor, "";
    FieldRemoved => Major, "";
    FieldRenamed => Major, "";
    FieldRewired => Major, "another name on the wire";
    FieldRetyped => Major, "another Rust type";
    FieldMadeRequired => Major, "its Rust type is no longer an Option";
    FieldMadeOptional => Major, "its Rust type becomes an Option";

    // What `validate` checks of one field.
    RangeWidened => Minor, "wider";
    RangeNarrowed => Major, "narrower";
    RangeMoved => Major, "refuses what it allowed";
    RangeAdded => Major, "refuses what it allowed";
    RangeRemoved => Minor, "wider";
    UniqueAdded => Major, "refuses what it allowed";
    UniqueRemoved => Minor, "wider";
    TrimmedAdded => Major, "refuses what it allowed";
    TrimmedRemoved => Minor, "wider";
    DefaultChanged => Minor, "other vouchers from the same request";

    // What `validate` checks across fields.
    RuleDemandsMore => Major, "demands more";
    RuleDemandsLess => Minor, "demands less";
    RuleOfNewOnly => Minor, "no request that was allowed is refused";

    // Setters. A setter hides the plain setters of the fields that it writes.
    SetterAdded => Minor, "it writes new fields only";
    SetterTookOver => Major, "the plain setters of its fields go";
    SetterChanged => Major, "another argument";
    SetterRemoved => Major, "";

    // Codes: the enums are non_exhaustive.
    CodeAdded => Minor, "its enum is non_exhaustive";
    CodeRemoved => Major, "";
    CodeRenumbered => Major, "another value on the wire";
    CodeRenamed => Major, "";

    // Filters.
    FilterAdded => Minor, "";
    FilterRemoved => Major, "";
    FilterWidened => Minor, "more functions";
    FilterNarrowed => Major, "fewer functions";

    // Error codes.
    ErrorCodeAdded => Minor, "its enum is non_exhaustive";
    ErrorCodeRemoved => Major, "";
    ErrorCodeRenumbered => Major, "another value on the wire";
    ErrorCodeRenamed => Major, "";
    ErrorClassChanged => Minor, "other predicates hold";

    // What only a page shows: the surface tells neither units nor meanings.
    UnitChanged => Major, "the same number means something else";
    MeaningChanged => Major, "the same value means something else";
    MistakeMended => None, "the spec can drop its correction";
    Reworded => None, "no fact changed";
}
