//! [`MetadataForm`]: the fields for what is known of a statement beside its words.

use egui::{Response, RichText, Ui};

use super::super::scene::Scene;
use super::form;
use crate::edit::statements::Metadata;
use crate::model::StatementDate;

/// The fields as they are being typed; the date may be none yet.
#[derive(Clone, Debug)]
pub(super) struct MetadataForm {
    title: String,
    publisher: String,
    date: String,
    date_basis: String,
    language: String,
    source: String,
}

impl MetadataForm {
    pub(super) fn new(metadata: &Metadata) -> Self {
        let date = metadata.date.as_ref().map(StatementDate::as_str);
        Self {
            title: metadata.title.clone(),
            publisher: metadata.publisher.clone(),
            date: date.unwrap_or_default().to_owned(),
            date_basis: metadata.date_basis.clone(),
            language: metadata.language.clone(),
            source: metadata.source.clone(),
        }
    }

    /// What was typed; `Err` says what is wrong with the date. No date is a date that is not known.
    pub(super) fn metadata(&self) -> Result<Metadata, String> {
        let date = match self.date.trim() {
            "" => None,
            date => Some(
                date.parse::<StatementDate>()
                    .map_err(|error| error.to_string())?,
            ),
        };
        let plain = |field: &str| field.trim().to_owned();
        Ok(Metadata {
            title: plain(&self.title),
            publisher: plain(&self.publisher),
            date,
            date_basis: plain(&self.date_basis),
            language: plain(&self.language),
            source: plain(&self.source),
        })
    }

    /// Draws the fields and returns the first one.
    pub(super) fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Response {
        let first = form::field_ui(ui, "Title", "as the document has it", &mut self.title);
        form::field_ui(ui, "Publisher", "who put it out", &mut self.publisher);
        ui.columns(2, |columns| {
            let [dates, bases] = columns else {
                return;
            };
            form::field_ui(
                dates,
                "Date",
                "2023-07-29, 2023-07, 2023-05-28/..",
                &mut self.date,
            );
            let hint = "stated, or how it was worked out";
            form::field_ui(bases, "How the date is known", hint, &mut self.date_basis);
        });
        if let Err(error) = self.metadata() {
            form::remark_ui(ui, RichText::new(error).color(scene.theme.error));
        }
        ui.columns(2, |columns| {
            let [languages, sources] = columns else {
                return;
            };
            form::field_ui(
                languages,
                "Language",
                "a tag such as en, az, hy",
                &mut self.language,
            );
            form::field_ui(
                sources,
                "Source",
                "an address, a file, a remark",
                &mut self.source,
            );
        });
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_goes_into_the_form_and_comes_out_again() {
        let metadata = Metadata {
            title: "Հայտարարություն".to_owned(),
            date: "2023-05-28/..".parse().ok(),
            date_basis: "named in the text".to_owned(),
            language: "hy".to_owned(),
            ..Metadata::default()
        };
        let mut form = MetadataForm::new(&metadata);
        assert_eq!(form.metadata(), Ok(metadata));
        form.date = " ".to_owned();
        assert_eq!(form.metadata().map(|m| m.date), Ok(None));
        form.date = "28 May".to_owned();
        assert!(
            form.metadata()
                .is_err_and(|error| error.contains("ISO 8601"))
        );
    }
}
