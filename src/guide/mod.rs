//! How to do it, task by task, for both vendors. Every example is tested.
//!
//! | page | what for |
//! |---|---|
//! | [`sell_one`] | one guest, one code, exactly once |
//! | [`stock_up`] | so many unused vouchers in the drawer |
//! | [`print_a_sheet`] | what stands on a printed sheet |
//! | [`report`] | how many were sold and used |
//! | [`clean_up`] | expired and unused vouchers go |
//! | [`test_your_till`] | your own tests, against fake controllers |
//! | [`self_signed`] | consoles with a certificate of their own |
//! | [`cloud_connector`] | sites that are reached through the cloud alone |
//! | [`many_sites`] | several sites and several controllers |
//! | [`limits_of_vendors`] | what neither, or only one of them, can do |
//!
//! The clients without async have a page of their own, in `blocking`.

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
