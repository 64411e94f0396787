//! Attachments and what stands in a record's chatter.

use std::sync::Arc;

use super::Kind::{Binary, Bool, Char, Datetime, Html, Int, Many2many, Many2one, Selection, Text};
use super::{Model, Version, field};

const MESSAGE_TYPES: &[(&str, &str)] = &[
    ("email", "Email"),
    ("comment", "Comment"),
    ("notification", "System notification"),
    ("user_notification", "User Specific Notification"),
];

const ATTACHMENT_TYPES: &[(&str, &str)] = &[("url", "URL"), ("binary", "File")];

pub(super) fn models(_version: Version) -> Vec<(&'static str, Arc<Model>)> {
    vec![
        Model::new(
            "ir.attachment",
            "Attachment",
            "id desc",
            vec![
                field("name", "Name", Char).required(),
                field("description", "Description", Text),
                field("res_model", "Resource Model", Char),
                field("res_id", "Resource ID", Int).indexed(),
                field("res_name", "Resource Name", Char).computed(),
                field("res_field", "Resource Field", Char),
                field("type", "Type", Selection(ATTACHMENT_TYPES)).required(),
                field("datas", "File Content (base64)", Binary),
                field("mimetype", "Mime Type", Char),
                field("file_size", "File Size", Int),
                field("checksum", "Checksum/SHA1", Char).indexed(),
                field("public", "Is public document", Bool),
                field("company_id", "Company", Many2one("res.company")),
            ],
        ),
        Model::new(
            "mail.message",
            "Message",
            "id desc",
            vec![
                field("model", "Related Document Model", Char),
                field("res_id", "Related Document ID", Int).indexed(),
                field("subject", "Subject", Char),
                field("body", "Contents", Html),
                field("message_type", "Type", Selection(MESSAGE_TYPES)),
                field("subtype_id", "Subtype", Many2one("mail.message.subtype")),
                field("is_internal", "Employee Only", Bool),
                field("author_id", "Author", Many2one("res.partner")),
                field("email_from", "From", Char),
                field("reply_to", "Reply-To", Char),
                field("date", "Date", Datetime),
                field("attachment_ids", "Attachments", Many2many("ir.attachment")),
            ],
        ),
        Model::new(
            "mail.message.subtype",
            "Message subtypes",
            "sequence, id",
            vec![
                field("name", "Message Type", Char).required(),
                field("sequence", "Sequence", Int),
                field("internal", "Internal Only", Bool),
            ],
        ),
    ]
}
