//! From a rendered letter to the bytes of a mail.

use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::Rendered;
use crate::flow::LetterKind;
use crate::mail::Address;

/// A letter that cannot become a mail, because an address is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{role} has no valid mail address ({masked})")]
pub struct BuildError {
    /// `sender`, `recipient` or `reply address`.
    pub role: &'static str,
    /// The address, as logs may show it.
    pub masked: String,
}

impl Rendered {
    /// The mail as bytes (RFC 5322), CRLF line endings. The same letter gives the same bytes.
    ///
    /// # Errors
    /// [`BuildError`] where the sender's or the recipient's address is not valid.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BuildError> {
        Ok(self.message()?.formatted())
    }

    /// `auto-replied` to a customer, `auto-generated` to a supplier who did not write
    /// (RFC 3834 section 5).
    #[must_use]
    pub fn auto_submitted(&self) -> &'static str {
        match self.kind {
            LetterKind::Request => "auto-generated",
            _ => "auto-replied",
        }
    }

    pub(super) fn message(&self) -> Result<Message, BuildError> {
        let mut builder = Message::builder()
            .from(mailbox(&self.from, "sender")?)
            .to(mailbox(&self.to, "recipient")?)
            .subject(self.subject.clone())
            .date(self.date.into())
            .message_id(Some(format!("<{}>", self.message_id)));
        if let Some(address) = &self.reply_to {
            builder = builder.reply_to(mailbox(address, "reply address")?);
        }
        if let Some(id) = &self.in_reply_to {
            builder = builder.in_reply_to(format!("<{id}>"));
        }
        if !self.references.is_empty() {
            let ids: Vec<String> = self.references.iter().map(|id| format!("<{id}>")).collect();
            builder = builder.references(ids.join(" "));
        }
        builder = builder
            .header(AutoSubmitted(self.auto_submitted().to_owned()))
            .header(Postorder(self.token.clone()));
        let parts = MultiPart::alternative()
            // Quoted-printable never has `=_` in it, so no text can end a part.
            .boundary(format!("=_{}.{}", self.kind.name(), self.token))
            .singlepart(part(ContentType::TEXT_PLAIN, &self.text))
            .singlepart(part(ContentType::TEXT_HTML, &self.html));
        let recipient = BuildError { role: "recipient", masked: self.to.masked() };
        let mut message = builder.multipart(parts).map_err(|_| recipient)?;
        // lettre writes UTC; a person reads the company's own time more easily.
        let date = HeaderName::new_from_ascii_str("Date");
        message.headers_mut().insert_raw(HeaderValue::new(date, self.date.to_rfc2822()));
        Ok(message)
    }
}

fn part(content_type: ContentType, text: &str) -> SinglePart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Body::new_with_encoding(text.to_owned(), encoding)
        // Never happens: quoted-printable takes any bytes.
        .unwrap_or_else(|bytes| Body::new(String::from_utf8_lossy(&bytes).into_owned()));
    SinglePart::builder().content_type(content_type).body(body)
}

/// An address for the envelope; `None` where it is not valid.
pub(super) fn envelope_address(address: &Address) -> Option<lettre::Address> {
    let sound = address.email.len() <= 254
        && !address.email.chars().any(|c| c.is_control() || c.is_whitespace());
    sound.then(|| address.email.parse().ok()).flatten()
}

fn mailbox(address: &Address, role: &'static str) -> Result<Mailbox, BuildError> {
    let email =
        envelope_address(address).ok_or_else(|| BuildError { role, masked: address.masked() })?;
    let name = (!address.name.is_empty()).then(|| address.name.clone());
    Ok(Mailbox::new(name, email))
}

/// A header of plain ASCII text.
macro_rules! plain_header {
    ($type:ident, $name:literal) => {
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

plain_header!(AutoSubmitted, "Auto-Submitted");
plain_header!(Postorder, "X-Postorder");
