//! The stand-ins of the sandbox as servers for the tests: they live as long as the test process.

use std::sync::Arc;

use postorder::sandbox::odoo::{LogIn as StandInLogIn, OdooOptions, OdooStandIn, Seed, Version};
use postorder::sandbox::smtp::{SmtpCatcher, SmtpOptions};
use tokio::runtime::Runtime;

use super::letters::Catcher;
use super::odoo::{Database, LogIn};
use super::shop::Target;

/// A stand-in of Odoo, with the runtime that it lives on.
pub(crate) struct StandIn {
    odoo: OdooStandIn,
    catcher: Catcher,
    _runtime: Runtime,
}

impl StandIn {
    /// Starts one with the products of the fixtures.
    pub(crate) fn start(version: Version) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let options = OdooOptions { version, ..OdooOptions::default() };
        let odoo = runtime.block_on(OdooStandIn::start(&Seed::fixtures(), options));
        let options = SmtpOptions { max_letters: 100_000, ..SmtpOptions::default() };
        let catcher = runtime.block_on(SmtpCatcher::start(options)).expect("a free port");
        let catcher = Catcher::Sandbox(Arc::new(catcher));
        Self { odoo: odoo.expect("a free port"), catcher, _runtime: runtime }
    }

    /// As a target of the road.
    pub(crate) fn target(&self, name: &'static str, protocol: &'static str) -> Target {
        let keys = self.odoo.version() == Version::V19;
        let log_in = |user: StandInLogIn| LogIn {
            login: user.login.into(),
            password: user.password.into(),
            uid: user.uid,
            api_key: keys.then(|| user.api_key.into()),
        };
        let odoo = Database {
            version: self.odoo.version().text().into(),
            url: self.odoo.url(),
            name: self.odoo.database().into(),
            admin: log_in(self.odoo.admin()),
            user: log_in(self.odoo.user()),
            low: log_in(self.odoo.low_user()),
        };
        Target { name, protocol, odoo, catcher: self.catcher.clone() }
    }
}
