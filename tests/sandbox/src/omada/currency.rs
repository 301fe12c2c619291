use serde_json::{Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional};
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::group_view::without_nulls;

/// The short codes of section 5.4.2 of the vendor's Open API Access Guide.
pub(crate) const CURRENCIES: [&str; 41] = [
    "AUD", "BIF", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DJF", "DKK", "EUR", "GBP", "GNF", "HKD", "HUF", "ILS",
    "INR", "JPY", "KMF", "KRW", "MGA", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "PYG", "RUB", "RWF", "SEK", "SGD",
    "THB", "TWD", "UGX", "USD", "VND", "VUV", "XAF", "XOF", "XPF",
];

const SETTING: Shape = Shape { fields: &[optional("currency", Kind::Text(0, usize::MAX))], conditions: &[] };

/// The currencies that a site may choose from; the chosen one is left out until there is one.
pub(crate) fn list(call: &Call<'_>) -> Result<Value, Canned> {
    let selected = &call.state().selected_currency;
    Ok(Value::Object(without_nulls(json!({"currencyList": CURRENCIES[..], "selectedCurrency": selected}))))
}

/// Chooses the site's currency. This call publishes no code of its own for one that is not listed,
/// so it has the code of the call that creates groups.
pub(crate) fn select(call: &Call<'_>) -> Result<Value, Canned> {
    let setting = call.body(&SETTING)?;
    if let Some(currency) = setting.get("currency").and_then(Value::as_str) {
        if !CURRENCIES.contains(&currency) {
            return Err(envelope::refused(envelope::UNKNOWN_CURRENCY));
        }
        call.state().selected_currency = Some(currency.to_owned());
    }
    Ok(envelope::NO_RESULT)
}
