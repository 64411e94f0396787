//! What is wrong with a configuration, said so that it can be put right at once.

use std::fmt;

/// Where a faulty value came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line of the file, counted from 1.
    Line(usize),
    /// Nowhere: the key is missing from the file.
    Absent,
    /// An environment variable.
    Variable(String),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What, with what is expected, in words. Never holds a secret.
    pub message: String,
}

/// All that is wrong with a configuration, in the order of the file; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    /// Name of the file, as the operator gave it.
    file: String,
    faults: Vec<Fault>,
}

impl Faults {
    /// Sorts the faults by place; `None` if there are none.
    pub(super) fn new(file: &str, mut faults: Vec<Fault>) -> Option<Self> {
        faults.sort();
        faults.dedup();
        (!faults.is_empty()).then(|| Self { file: file.to_owned(), faults })
    }

    /// One fault alone.
    pub(super) fn one(file: &str, fault: Fault) -> Self {
        Self { file: file.to_owned(), faults: vec![fault] }
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            match &fault.place {
                Place::Line(line) => writeln!(f, "{}:{line}: {}", self.file, fault.message)?,
                Place::Absent => writeln!(f, "{}: {}", self.file, fault.message)?,
                Place::Variable(name) => writeln!(f, "${name}: {}", fault.message)?,
            }
        }
        match self.faults.len() {
            1 => f.write_str("1 fault in the configuration"),
            n => write!(f, "{n} faults in the configuration"),
        }
    }
}

impl std::error::Error for Faults {}
