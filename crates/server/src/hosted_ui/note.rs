//! What a page says of the page before it, where that went well.
//!
//! Its name is in a cookie: an address cannot put words on a page, and they are shown once.

/// A note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// The sign-up is confirmed.
    Confirmed,
    /// Another code or link was sent.
    CodeSent,
    /// The password is another now.
    PasswordChanged,
    /// The password was right or not, but is not taken any more.
    ResetRequired,
    /// What was sent had been sent and taken before.
    Done,
}

impl Note {
    const ALL: [Self; 5] = [
        Self::Confirmed,
        Self::CodeSent,
        Self::PasswordChanged,
        Self::ResetRequired,
        Self::Done,
    ];

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::CodeSent => "code-sent",
            Self::PasswordChanged => "password-changed",
            Self::ResetRequired => "reset-required",
            Self::Done => "done",
        }
    }

    /// The note of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|note| note.name() == name)
    }

    /// The message that says it.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Confirmed => "note-confirmed",
            Self::CodeSent => "note-code-sent",
            Self::PasswordChanged => "note-password-changed",
            Self::ResetRequired => "note-reset-required",
            Self::Done => "note-done",
        }
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_templates::Language;

    use super::*;

    #[test]
    fn every_note_is_found_by_its_name_and_has_words() {
        for note in Note::ALL {
            assert_eq!(Note::named(note.name()), Some(note));
            assert_ne!(Language::English.text(note.message()), note.message());
        }
        assert_eq!(Note::named("<b>"), None);
    }
}
