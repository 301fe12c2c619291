//! Guides for the usual tasks, for both vendors. Every example is tested.
//!
//! | page | task |
//! |---|---|
//! | [`sell_one`] | one guest, one code, exactly once |
//! | [`stock_up`] | a given number of unused vouchers in stock |
//! | [`print_a_sheet`] | the data of a printed sheet |
//! | [`report`] | how many vouchers were sold and used |
//! | [`clean_up`] | delete expired and unused vouchers |
//! | [`test_your_till`] | your own tests, against the sandbox |
//! | [`self_signed`] | consoles with a certificate of their own |
//! | [`cloud_connector`] | sites that are reached only through the cloud |
//! | [`many_sites`] | several sites and several controllers |
//! | [`limits_of_vendors`] | what neither vendor, or only one of them, can do |
//!
//! The clients without async are described in `blocking`.

macro_rules! pages {
    ($($name:ident $file:literal)*) => {
        $(
            #[doc = include_str!($file)]
            pub mod $name {}
        )*
    };
}

pages! {
    sell_one "sell_one.md"
    stock_up "stock_up.md"
    print_a_sheet "print_a_sheet.md"
    report "report.md"
    clean_up "clean_up.md"
    test_your_till "test_your_till.md"
    self_signed "self_signed.md"
    cloud_connector "cloud_connector.md"
    many_sites "many_sites.md"
    limits_of_vendors "limits_of_vendors.md"
}
