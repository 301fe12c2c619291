//! Reading the same answers with serde alone, without a call: nothing that reads JSON is quicker.

use serde::de::DeserializeOwned;

use crate::answers::Answers;
use crate::case::{Case, Side};
use crate::shapes::{Envelope, OmadaGroup, UnifiPage};

/// The bodies of full pages.
pub struct FromSlice {
    unifi: Vec<u8>,
    omada: Vec<u8>,
}

impl FromSlice {
    pub fn new(answers: &Answers) -> Self {
        Self { unifi: answers.of(Case::UnifiPage).whole(), omada: answers.of(Case::OmadaPage).whole() }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> T {
    serde_json::from_slice(std::hint::black_box(body)).expect("a body that can be read")
}

impl Side for FromSlice {
    const NAME: &'static str = "from-slice";
    const CASES: &'static [Case] = &[Case::UnifiPage, Case::OmadaPage];

    async fn call(&self, case: Case) -> usize {
        match case {
            Case::UnifiPage => read::<UnifiPage>(&self.unifi).data.len(),
            _ => read::<Envelope<OmadaGroup>>(&self.omada).result.data.len(),
        }
    }
}
