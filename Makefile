# What a developer needs. Every target is one line; what it does is told by the script that it calls (--help).
.PHONY: test quick fuzz bench chaos servers servers-down corpus sim

# Everything, on stand-ins and on real servers (some minutes; the first time it installs them).
test:
	scripts/test

# What needs no server.
quick:
	scripts/test quick

# What strangers write, a minute for each reader of it (`scripts/fuzz --help` tells of longer runs).
fuzz:
	scripts/fuzz

# What the reader makes of the corpora: exact, safe miss, WRONG.
corpus:
	scripts/corpus

# The whole daemon in simulated time, from so many seeds; a seed that fails says how to see it again.
SEEDS ?= 10000
sim:
	POSTORDER_SEEDS=$(SEEDS) cargo test --locked --lib engine::sim::proof::a_thousand_seeds -- --nocapture

# How fast and how large: ratios and medians over the real binary (a real Odoo 19 where it can be had).
bench:
	cargo bench --bench road
	cargo bench --bench reading

# The outer proof: kills, failing lines and an independent judge. SEEDS, MAILS, KILLS, JOBS (side by side) and TARGET (stand-in, odoo-19) say more.
chaos:
	scripts/chaos

# Real Odoo 14 and 19 and MailDev, to work against.
servers:
	scripts/real-odoo up
	scripts/test-servers maildev up

servers-down:
	scripts/real-odoo down
	scripts/test-servers maildev down
	scripts/test-servers smtpd down
