//! What may go wrong, and how often it does for a seed.

use std::fmt;

use fastrand::Rng;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $worst:literal,)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Fault { $($(#[$doc])* $name),* }

        impl Fault {
            pub(super) const ALL: &[Self] = &[$(Self::$name),*];
            /// Of a hundred chances, so many at worst.
            const WORST: &[u8] = &[$($worst),*];
        }
    };
}

faults! {
    /// Odoo refuses the connection.
    OdooRefused 25,
    /// Odoo did it, and its answer is lost.
    OdooAnswerLost 25,
    /// The call times out, and Odoo does it later.
    OdooLateCommit 25,
    /// Odoo does not like the order, or the question.
    OdooInvalid 5,
    /// 502, a page instead of an answer; done or not done.
    OdooBroken 25,
    /// Our key is refused for some minutes.
    OdooCredentials 3,
    /// An answer takes a minute or two.
    OdooSlow 10,
    /// The client breaks on an answer.
    OdooPanic 2,
    /// Somebody else sells what we have looked at.
    StockTaken 30,
    /// Goods come.
    StockComes 20,
    /// The mail server refuses the connection.
    SmtpRefused 25,
    /// 4xx.
    SmtpBusy 25,
    /// 5xx for the recipient.
    SmtpRecipient 4,
    /// The letter is accepted, and the answer to its final dot is lost.
    SmtpDotLost 20,
    /// Our password is refused for some minutes.
    SmtpCredentials 3,
    /// A letter takes minutes to be accepted.
    SmtpSlow 10,
    /// Another process keeps the store locked for a while.
    StoreBusy 8,
    /// The disk is full for a while.
    StoreFull 8,
    /// The process dies between any two steps.
    Crash 70,
    /// It dies again while it recovers.
    CrashInRecovery 70,
    /// The clock stands a year ahead for a while.
    ClockForth 8,
    /// The clock stands a year behind for a while.
    ClockBack 8,
    /// The machine sleeps for hours or days.
    Sleep 15,
    /// A mail reader moves a file that we are about to take, or changes its flags.
    FileRenamed 30,
    /// Somebody throws a file away that was taken in.
    FileVanished 15,
    /// The same mail is delivered under another name too.
    DeliveredTwice 20,
    /// Mails come in another order than they were written in.
    Shuffled 40,
    /// A mail breaks the reader.
    Poison 12,
    /// A mail kills the process that reads it.
    DeadlyMail 6,
}

/// How often each kind strikes, and how often it has.
#[derive(Debug, Clone)]
pub(super) struct Weather {
    rates: Vec<u8>,
    struck: Vec<u32>,
    open: bool,
}

impl Weather {
    /// About half of the kinds, each at its own rate: all of them at once would hide what only a
    /// few can do.
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let rate = |worst: &u8| if rng.bool() { rng.u8(1..=*worst) } else { 0 };
        Self {
            rates: Fault::WORST.iter().map(rate).collect(),
            struck: vec![0; Fault::ALL.len()],
            open: true,
        }
    }

    /// No faults.
    pub(super) fn calm() -> Self {
        Self { rates: vec![0; Fault::ALL.len()], struck: vec![0; Fault::ALL.len()], open: true }
    }

    /// The storm is over: no faults from now on.
    pub(super) fn clear(&mut self) {
        self.rates.fill(0);
        self.open = false;
    }

    /// The storm is not over.
    pub(super) fn lasts(&self) -> bool {
        self.open
    }

    /// This fault at every chance.
    pub(super) fn always(mut self, fault: Fault) -> Self {
        self.rates[fault as usize] = 100;
        self
    }

    /// Whether it strikes now.
    pub(super) fn strikes(&mut self, fault: Fault, rng: &mut Rng) -> bool {
        let strikes = rng.u8(0..100) < self.rates[fault as usize];
        self.struck[fault as usize] += u32::from(strikes);
        strikes
    }

    pub(super) fn struck(&self, fault: Fault) -> u32 {
        self.struck[fault as usize]
    }
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in Fault::ALL.iter().filter(|fault| self.struck(**fault) > 0) {
            write!(f, "{fault:?} {} ", self.struck(*fault))?;
        }
        Ok(())
    }
}
