/** Migrations in order; each runs once, in a transaction of its own. Never edit one that has shipped: add the next. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE stores (id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, settings TEXT NOT NULL) STRICT;
  CREATE TABLE devices (
    id TEXT PRIMARY KEY, store TEXT NOT NULL, register INTEGER NOT NULL, name TEXT NOT NULL, public_key TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, revoked_at INTEGER, last_seen_at INTEGER, clock_offset_ms INTEGER NOT NULL DEFAULT 0,
    UNIQUE (store, register)
  ) STRICT;
  CREATE TABLE hq_keys (hash TEXT PRIMARY KEY, created_at INTEGER NOT NULL) STRICT;
  CREATE TABLE pairing_codes (hash TEXT PRIMARY KEY, store TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;

  CREATE TABLE feeds (feed TEXT PRIMARY KEY, head INTEGER NOT NULL, purged_to INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE feed_rows (
    feed TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (feed, collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX feed_rows_in_order ON feed_rows (feed, collection, seq);
  CREATE INDEX feed_tombstones ON feed_rows (at) WHERE data IS NULL;

  CREATE TABLE journal (
    device TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL, received_at INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE quarantine (hash TEXT PRIMARY KEY, device TEXT NOT NULL, reason TEXT NOT NULL, entry TEXT NOT NULL, received_at INTEGER NOT NULL) STRICT;

  CREATE TABLE tickets (
    cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, store TEXT NOT NULL, day TEXT NOT NULL, register INTEGER NOT NULL,
    total_minor INTEGER NOT NULL, received_at INTEGER NOT NULL, ticket TEXT NOT NULL
  ) STRICT;
  CREATE INDEX tickets_by_day ON tickets (store, day);
  CREATE TABLE movements (
    cause TEXT NOT NULL, store TEXT NOT NULL, variant TEXT NOT NULL, quantity INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (store, variant, cause)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE stock (store TEXT NOT NULL, variant TEXT NOT NULL, on_hand INTEGER NOT NULL, PRIMARY KEY (store, variant)) STRICT, WITHOUT ROWID;

  CREATE TABLE products (id TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, title TEXT NOT NULL, words TEXT NOT NULL, product TEXT NOT NULL) STRICT;
  CREATE INDEX products_by_title ON products (title, id);
  CREATE TABLE variants (id TEXT PRIMARY KEY, product TEXT NOT NULL, sku TEXT NOT NULL UNIQUE) STRICT;
  CREATE INDEX variants_by_product ON variants (product);
  CREATE TABLE gtins (gtin_key TEXT PRIMARY KEY, variant TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX gtins_by_variant ON gtins (variant);
  CREATE TABLE prices (variant TEXT NOT NULL, list TEXT NOT NULL, valid_from INTEGER NOT NULL, price TEXT NOT NULL, PRIMARY KEY (variant, list, valid_from)) STRICT, WITHOUT ROWID;
  CREATE TABLE customers (id TEXT PRIMARY KEY, customer TEXT NOT NULL) STRICT;

  CREATE TABLE exceptions (id TEXT PRIMARY KEY, kind TEXT NOT NULL, store TEXT NOT NULL, raised_at INTEGER NOT NULL, detail TEXT NOT NULL, resolved INTEGER NOT NULL) STRICT;
  CREATE INDEX exceptions_by_time ON exceptions (raised_at);
  CREATE TABLE leases (subject TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE pictures (hash TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
  `,
  `
  ALTER TABLE hq_keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'hq';
  ALTER TABLE hq_keys ADD COLUMN name TEXT NOT NULL DEFAULT '';
  CREATE TABLE shared_baskets (code TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, basket TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX shared_baskets_by_age ON shared_baskets (expires_at);

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, subject TEXT, at INTEGER NOT NULL, data TEXT NOT NULL,
    spread INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX outbox_to_spread ON outbox (seq) WHERE spread = 0;
  CREATE TABLE webhook_endpoints (id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, types TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE TABLE deliveries (
    endpoint TEXT NOT NULL, seq INTEGER NOT NULL, subject TEXT, failures INTEGER NOT NULL, next_try_at INTEGER, last_failure TEXT,
    PRIMARY KEY (endpoint, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_of_subject ON deliveries (endpoint, subject, seq);
  CREATE INDEX deliveries_of_event ON deliveries (seq);
  `,
  `
  CREATE TABLE orders (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, external_id TEXT NOT NULL, status TEXT NOT NULL, placed_at INTEGER NOT NULL, words TEXT NOT NULL,
    pickup TEXT, data TEXT NOT NULL, UNIQUE (channel, external_id)
  ) STRICT;
  CREATE INDEX orders_by_time ON orders (placed_at, id);
  CREATE TABLE fulfilments (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL, store TEXT NOT NULL, state TEXT NOT NULL, day TEXT NOT NULL, seen_to INTEGER NOT NULL, next_at INTEGER
  ) STRICT;
  CREATE INDEX fulfilments_of_order ON fulfilments (order_id);
  CREATE INDEX fulfilments_by_day ON fulfilments (store, day);
  CREATE INDEX fulfilments_by_state ON fulfilments (store, state);
  CREATE INDEX fulfilments_due ON fulfilments (next_at) WHERE next_at IS NOT NULL;
  CREATE TABLE reservations (
    fulfilment TEXT NOT NULL, variant TEXT NOT NULL, store TEXT NOT NULL, pieces INTEGER NOT NULL, PRIMARY KEY (fulfilment, variant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reservations_by_stock ON reservations (store, variant, pieces);
  CREATE TABLE order_acts (entry TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE retailer (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE webhooks_seen (connector TEXT NOT NULL, delivery TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (connector, delivery)) STRICT, WITHOUT ROWID;

  ALTER TABLE exceptions ADD COLUMN order_id TEXT;
  ALTER TABLE exceptions ADD COLUMN fulfilment TEXT;
  ALTER TABLE exceptions ADD COLUMN closing TEXT;
  ALTER TABLE exceptions ADD COLUMN closed_at INTEGER;
  CREATE INDEX exceptions_of_order ON exceptions (order_id);
  CREATE INDEX exceptions_open ON exceptions (raised_at) WHERE resolved = 0;
  ALTER TABLE leases ADD COLUMN wanted_by TEXT;
  CREATE INDEX leases_by_holder ON leases (holder);
  CREATE INDEX leases_by_expiry ON leases (expires_at);
  `,
  `
  DROP TABLE webhooks_seen;
  CREATE TABLE connectors (id TEXT PRIMARY KEY, channel TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, data TEXT NOT NULL) STRICT;
  CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, connector TEXT NOT NULL, delivery TEXT NOT NULL, topic TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
    external_id TEXT, state TEXT NOT NULL, reason TEXT NOT NULL, tries INTEGER NOT NULL, next_try_at INTEGER, UNIQUE (connector, delivery)
  ) STRICT;
  CREATE INDEX inbox_waiting ON inbox (next_try_at) WHERE state = 'waiting';
  CREATE INDEX inbox_of_order ON inbox (connector, external_id) WHERE state = 'waiting';
  CREATE INDEX inbox_by_state ON inbox (state, seq);
  CREATE INDEX inbox_open ON inbox (connector, state) WHERE state IN ('waiting', 'dead');
  CREATE TABLE connector_orders (
    connector TEXT NOT NULL, external_id TEXT NOT NULL, updated_at INTEGER, standing TEXT NOT NULL, refunds TEXT NOT NULL,
    PRIMARY KEY (connector, external_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE connector_stock (
    connector TEXT NOT NULL, location TEXT NOT NULL, cursor INTEGER NOT NULL, safety_stock INTEGER NOT NULL, failures INTEGER NOT NULL, next_try_at INTEGER, last_failure TEXT,
    PRIMARY KEY (connector, location)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE hq_keys ADD COLUMN channels TEXT NOT NULL DEFAULT '[]';
  CREATE TABLE tasks (id TEXT PRIMARY KEY, exception TEXT NOT NULL, store TEXT NOT NULL, done_at INTEGER, notice TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX tasks_open ON tasks (exception) WHERE done_at IS NULL;
  `,
  `
  ALTER TABLE devices ADD COLUMN acted_to INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE movements ADD COLUMN acted_at INTEGER NOT NULL DEFAULT 0;
  UPDATE movements SET acted_at = at;
  CREATE INDEX movements_counted ON movements (store, variant, acted_at) WHERE reason ->> 'kind' = 'counted';
  `,
  `
  CREATE TABLE receipt_signing (one INTEGER PRIMARY KEY CHECK (one = 1), private_key TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
  `,
  `
  ALTER TABLE customers ADD COLUMN name TEXT NOT NULL DEFAULT '';
  ALTER TABLE customers ADD COLUMN email TEXT NOT NULL DEFAULT '';
  ALTER TABLE customers ADD COLUMN card TEXT NOT NULL DEFAULT '';
  ALTER TABLE customers ADD COLUMN phone TEXT NOT NULL DEFAULT '';
  ALTER TABLE customers ADD COLUMN phone_tail TEXT NOT NULL DEFAULT '';
  UPDATE customers SET name = customer_column(customer, 'name'), email = customer_column(customer, 'email'), card = customer_column(customer, 'card'),
    phone = customer_column(customer, 'phone'), phone_tail = customer_column(customer, 'phone_tail');
  CREATE INDEX customers_by_name ON customers (name, id);
  CREATE INDEX customers_by_email ON customers (email) WHERE email <> '';
  CREATE INDEX customers_by_phone ON customers (phone_tail) WHERE phone_tail <> '';
  CREATE TABLE customer_history (
    kind TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT, PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_history_in_order ON customer_history (customer, at, kind, id, channel);
  INSERT INTO customer_history (kind, id, customer, at)
    SELECT 'ticket', id, ticket ->> 'customer', ticket ->> 'completedAt' FROM tickets WHERE ticket ->> 'customer' IS NOT NULL;
  INSERT INTO customer_history (kind, id, customer, at, channel)
    SELECT 'order', id, data ->> '$.contact.customer', placed_at, channel FROM orders WHERE data ->> '$.contact.customer' IS NOT NULL;
  `,
  `
  CREATE TABLE invoices (id TEXT PRIMARY KEY, ticket TEXT NOT NULL, issued_at INTEGER NOT NULL, recipient TEXT NOT NULL) STRICT;
  CREATE INDEX invoices_of_ticket ON invoices (ticket);
  CREATE TABLE mails (
    id TEXT PRIMARY KEY, ticket TEXT NOT NULL, store TEXT NOT NULL, invoice TEXT, email TEXT NOT NULL, language TEXT, copy INTEGER NOT NULL,
    asked_at INTEGER NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, next_try_at INTEGER, sent_at INTEGER, last_failure TEXT
  ) STRICT;
  CREATE INDEX mails_of_ticket ON mails (ticket);
  CREATE INDEX mails_by_time ON mails (asked_at, id);
  CREATE INDEX mails_waiting ON mails (next_try_at) WHERE state = 'waiting';
  CREATE INDEX mails_open ON mails (state) WHERE state IN ('waiting', 'dead');
  `,
  `
  CREATE TABLE returned (purchase TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE order_purchases (
    id TEXT PRIMARY KEY, number TEXT NOT NULL COLLATE NOCASE, external_id TEXT NOT NULL COLLATE NOCASE, day TEXT NOT NULL, paid_minor INTEGER NOT NULL,
    settled_minor INTEGER NOT NULL, at INTEGER NOT NULL, purchase TEXT NOT NULL
  ) STRICT;
  CREATE INDEX order_purchases_by_number ON order_purchases (number);
  CREATE INDEX order_purchases_by_external_id ON order_purchases (external_id);
  CREATE INDEX order_purchases_by_time ON order_purchases (at, id);
  CREATE TABLE order_tickets (order_id TEXT NOT NULL, ticket TEXT NOT NULL, PRIMARY KEY (order_id, ticket)) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO order_tickets (order_id, ticket)
    SELECT line.value ->> '$.order.order', t.id FROM tickets t, json_each(t.ticket, '$.lines') line WHERE line.value ->> '$.order.order' IS NOT NULL;
  CREATE INDEX order_tickets_of ON order_tickets (ticket);
  CREATE TABLE approvals (code TEXT NOT NULL, ticket TEXT NOT NULL, PRIMARY KEY (code, ticket)) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO approvals (code, ticket)
    SELECT tender.value ->> 'approvalCode', t.id FROM tickets t, json_each(t.ticket, '$.tenders') tender
    WHERE tender.value ->> 'kind' = 'card' AND tender.value ->> 'approvalCode' <> '';
  ALTER TABLE tickets ADD COLUMN number TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
  UPDATE tickets SET number = coalesce(ticket ->> 'number', '');
  CREATE INDEX tickets_by_number ON tickets (number);
  CREATE INDEX customers_by_card ON customers (card) WHERE card <> '';
  `,
  `
  CREATE TABLE cases (
    id TEXT PRIMARY KEY, number TEXT NOT NULL, kind TEXT NOT NULL, store TEXT NOT NULL, customer TEXT, opened_at INTEGER NOT NULL, deadline INTEGER NOT NULL,
    awaited INTEGER NOT NULL, closed_at INTEGER, by_hq INTEGER NOT NULL, words TEXT NOT NULL, data TEXT NOT NULL,
    on_tills INTEGER NOT NULL DEFAULT 1, overdue_told INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX cases_by_number ON cases (number);
  CREATE INDEX cases_by_time ON cases (opened_at);
  CREATE INDEX cases_by_deadline ON cases (deadline) WHERE closed_at IS NULL;
  CREATE INDEX cases_of_customer ON cases (customer) WHERE customer IS NOT NULL;
  CREATE INDEX cases_overdue ON cases (deadline) WHERE awaited = 1 AND overdue_told = 0;
  CREATE INDEX cases_closed ON cases (closed_at) WHERE on_tills = 1;
  CREATE INDEX cases_by_hq ON cases (id) WHERE by_hq = 1;
  CREATE TABLE case_acts (id TEXT PRIMARY KEY, case_id TEXT NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX acts_of_case ON case_acts (case_id);
  `,
  `
  DROP INDEX customers_by_name;
  CREATE INDEX customers_as_found ON customers (name, id, email, card, phone);
  `,
  `
  CREATE TABLE ledger_entries (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, ticket TEXT NOT NULL, number TEXT NOT NULL, store TEXT NOT NULL, device TEXT NOT NULL,
    staff TEXT NOT NULL, booked_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_postings (
    entry TEXT NOT NULL, place INTEGER NOT NULL, account TEXT NOT NULL, minor INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (entry, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_postings_by_account ON ledger_postings (account, entry);
  CREATE TABLE credits (cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tail TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE store_return_policies (store TEXT PRIMARY KEY, policy TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX products_by_category ON products (product ->> 'category');
  CREATE TABLE mail_returns (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, external_id TEXT NOT NULL, purchase TEXT NOT NULL, state TEXT NOT NULL, arrive_by TEXT NOT NULL, data TEXT NOT NULL,
    UNIQUE (channel, external_id)
  ) STRICT;
  CREATE INDEX mail_returns_of ON mail_returns (purchase);
  CREATE INDEX mail_returns_waiting ON mail_returns (arrive_by) WHERE state = 'announced';
  CREATE TABLE return_log (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, store TEXT, state TEXT, words TEXT NOT NULL
  ) STRICT;
  CREATE INDEX return_log_by_time ON return_log (at, id);
  INSERT OR IGNORE INTO return_log (id, kind, at, store, state, words)
    SELECT t.id, 'till', t.ticket ->> 'completedAt', t.store, NULL, lower(t.number || ' ' || group_concat(line.value ->> 'sku', ' '))
    FROM tickets t, json_each(t.ticket, '$.lines') line WHERE line.value ->> 'kind' = 'return' GROUP BY t.id;
  `,
  `
  ALTER TABLE credits ADD COLUMN kind TEXT NOT NULL DEFAULT 'credit';
  ALTER TABLE ledger_entries ADD COLUMN note TEXT NOT NULL DEFAULT '';
  CREATE TABLE credit_holds (
    id TEXT PRIMARY KEY, credit TEXT NOT NULL, kind TEXT NOT NULL, tail TEXT NOT NULL, channel TEXT NOT NULL, idempotency_key TEXT NOT NULL, state TEXT NOT NULL,
    held INTEGER NOT NULL, captured INTEGER NOT NULL, refunded INTEGER NOT NULL, currency TEXT NOT NULL, order_ref TEXT NOT NULL, expires_at INTEGER NOT NULL,
    UNIQUE (channel, idempotency_key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE gift_cards_sold_online (
    channel TEXT NOT NULL, idempotency_key TEXT NOT NULL, code TEXT NOT NULL, minor INTEGER NOT NULL, currency TEXT NOT NULL, order_ref TEXT NOT NULL,
    PRIMARY KEY (channel, idempotency_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX credit_holds_of ON credit_holds (credit) WHERE state = 'held';
  `,
  `
  CREATE TABLE customer_blocks (block TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (block, customer)) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_blocks_of ON customer_blocks (customer, block);
  INSERT OR IGNORE INTO customer_blocks (block, customer) SELECT b.value, c.id FROM customers c, json_each(customer_column(c.customer, 'blocks')) b;
  CREATE TABLE customers_heard (customer TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX customers_heard_by_time ON customers_heard (at, customer);
  INSERT INTO customers_heard (customer, at) SELECT id, unixepoch() * 1000 FROM customers;
  CREATE TABLE customers_erased (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE customer_keys (entry TEXT PRIMARY KEY, customer TEXT NOT NULL, key TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_keys_of ON customer_keys (customer);
  CREATE TABLE customer_edits (cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, customer TEXT NOT NULL, data TEXT NOT NULL) STRICT;
  CREATE INDEX customer_edits_of ON customer_edits (customer, cursor);
  CREATE TABLE customer_merges (
    cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, survivor TEXT NOT NULL, former TEXT NOT NULL, data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX customer_merges_into ON customer_merges (survivor);
  CREATE INDEX customer_merges_of ON customer_merges (former);
  CREATE TABLE former_customers (former TEXT PRIMARY KEY, customer TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX former_customers_of ON former_customers (customer);
  CREATE TABLE duplicates (
    one TEXT NOT NULL, other TEXT NOT NULL, score INTEGER NOT NULL, reasons TEXT NOT NULL, dismissed INTEGER NOT NULL, PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX duplicates_of ON duplicates (other);
  CREATE INDEX duplicates_open ON duplicates (score) WHERE dismissed = 0;
  CREATE TABLE customer_stores (customer TEXT NOT NULL, store TEXT NOT NULL, PRIMARY KEY (customer, store)) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_stores_by_store ON customer_stores (store, customer);
  INSERT OR IGNORE INTO customer_stores (customer, store)
    SELECT h.customer, t.store FROM customer_history h JOIN tickets t ON t.id = h.id WHERE h.kind = 'ticket';
  CREATE TABLE shop_customers (
    channel TEXT NOT NULL, external_id TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (channel, external_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shop_customers_of ON shop_customers (customer);
  `,
  `
  CREATE TABLE coupon_series (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, promotion TEXT NOT NULL, uses INTEGER NOT NULL, count INTEGER NOT NULL, made_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX coupon_series_of ON coupon_series (promotion);
  CREATE TABLE coupon_uses (
    cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, coupon TEXT NOT NULL, series TEXT NOT NULL, promotion TEXT NOT NULL, at INTEGER NOT NULL, ticket TEXT NOT NULL,
    order_id TEXT NOT NULL, number TEXT NOT NULL, store TEXT NOT NULL, device TEXT NOT NULL, booked_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX coupon_uses_of ON coupon_uses (coupon);
  CREATE INDEX coupon_uses_by_promotion ON coupon_uses (promotion, series);
  CREATE TABLE revoked_coupons (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE promotion_uses (
    customer TEXT NOT NULL, promotion TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (customer, promotion, subject)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE price_lists (id TEXT PRIMARY KEY, name TEXT NOT NULL, currency TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE channel_price_lists (channel TEXT PRIMARY KEY, lists TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE costs (variant TEXT PRIMARY KEY, minor INTEGER NOT NULL, currency TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE price_log (
    cursor INTEGER PRIMARY KEY, variant TEXT NOT NULL, list TEXT NOT NULL, at INTEGER NOT NULL, valid_from INTEGER, price TEXT
  ) STRICT;
  CREATE INDEX price_log_of ON price_log (variant, list);
  CREATE INDEX price_log_by_time ON price_log (at);
  CREATE INDEX prices_by_beginning ON prices (valid_from) WHERE valid_from > 0;
  CREATE INDEX prices_by_end ON prices (price ->> 'validTo') WHERE price ->> 'validTo' IS NOT NULL;
  INSERT INTO price_log (variant, list, at, valid_from, price)
    SELECT variant, list, 0, price ->> 'validFrom', price FROM prices;
  `,
  `
  CREATE TABLE points_entries (
    id TEXT PRIMARY KEY, customer TEXT NOT NULL, at INTEGER NOT NULL, booked_at INTEGER NOT NULL, entry TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX points_entries_of ON points_entries (customer, at, id);
  CREATE TABLE points_due (customer TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX points_due_by_time ON points_due (at, customer);
  `,
  `
  ALTER TABLE shop_customers ADD COLUMN proven INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX ledger_entries_of_ticket ON ledger_entries (ticket) WHERE ticket <> '';
  INSERT OR IGNORE INTO customer_stores (customer, store)
    SELECT o.data ->> '$.contact.customer', f.value ->> 'store' FROM orders o, json_each(o.data, '$.fulfilments') f, json_each(f.value, '$.lines') l
    WHERE o.data ->> '$.contact.customer' IS NOT NULL AND o.data ->> '$.delivery.kind' = 'pickup' AND l.value ->> 'handed' > 0;
  `,
  `
  CREATE TABLE shifts (
    id TEXT PRIMARY KEY, store TEXT NOT NULL, device TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shifts_by_opening ON shifts (opened_at, id);
  CREATE INDEX shifts_open ON shifts (store) WHERE closed_at IS NULL;
  CREATE TABLE z_reports (
    entry TEXT PRIMARY KEY, device TEXT NOT NULL, number INTEGER NOT NULL, store TEXT NOT NULL, day TEXT NOT NULL, made_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, report TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX z_reports_of_till ON z_reports (device, number);
  CREATE INDEX z_reports_by_day ON z_reports (store, day);
  CREATE INDEX z_reports_by_time ON z_reports (made_at, entry);
  `,
  `
  CREATE TABLE colleagues (id TEXT PRIMARY KEY, name TEXT NOT NULL, words TEXT NOT NULL, active INTEGER NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX colleagues_by_name ON colleagues (name, id);
  CREATE TABLE colleague_stores (colleague TEXT NOT NULL, store TEXT NOT NULL, PRIMARY KEY (store, colleague)) STRICT, WITHOUT ROWID;
  INSERT INTO colleague_stores (colleague, store)
    SELECT id, substr(feed, 7) FROM feed_rows WHERE collection = 'staff' AND data IS NOT NULL AND feed LIKE 'store:%';
  INSERT INTO colleagues (id, name, words, active, data)
    SELECT f.id, f.data ->> 'name', lower(f.data ->> 'name'), f.data ->> 'active', json_object('member', json(f.data), 'stores',
        (SELECT json_group_array(s.store) FROM colleague_stores s WHERE s.colleague = f.id))
      FROM feed_rows f WHERE f.collection = 'staff' AND f.data IS NOT NULL AND f.feed LIKE 'store:%' GROUP BY f.id;
  CREATE TABLE staff_log (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, staff TEXT, store TEXT NOT NULL, at INTEGER NOT NULL, approved_by TEXT, data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX staff_log_by_time ON staff_log (at, id);
  CREATE INDEX staff_log_by_kind ON staff_log (kind, at);
  CREATE INDEX staff_log_allowed ON staff_log (at) WHERE approved_by IS NOT NULL;
  CREATE TABLE clock_corrections (id TEXT PRIMARY KEY, span TEXT NOT NULL, begins_at INTEGER NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX clock_corrections_of ON clock_corrections (span);
  CREATE INDEX clock_corrections_by_begin ON clock_corrections (begins_at);
  CREATE TABLE commission_lines (
    ticket TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, store TEXT NOT NULL, day TEXT NOT NULL, seller TEXT, of_ticket TEXT, of_position INTEGER,
    pieces INTEGER NOT NULL, total INTEGER NOT NULL, net INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (ticket, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX commission_lines_by_day ON commission_lines (day);
  INSERT INTO commission_lines (ticket, position, kind, store, day, seller, of_ticket, of_position, pieces, total, net, currency)
    SELECT id, position, kind, store, day, seller, of_ticket, of_position, pieces, total + CASE WHEN inclusive THEN 0 ELSE tax END,
        total - CASE WHEN inclusive THEN tax ELSE 0 END, currency
      FROM (SELECT t.id, l.key AS position, CASE WHEN l.value ->> 'kind' = 'return' THEN 'returned' ELSE 'sold' END AS kind, t.store, t.day,
          CASE WHEN l.value ->> 'kind' = 'sale' THEN coalesce(l.value ->> 'soldBy', t.ticket ->> 'staff') END AS seller,
          CASE WHEN l.value ->> '$.of.purchase.kind' = 'ticket' THEN l.value ->> '$.of.purchase.id' END AS of_ticket,
          CASE WHEN l.value ->> '$.of.purchase.kind' = 'ticket' THEN l.value ->> '$.of.position' END AS of_position,
          l.value ->> 'quantity' AS pieces, l.value ->> '$.total.minor' AS total,
          (SELECT coalesce(sum(x.value ->> '$.tax.minor'), 0) FROM json_each(l.value, '$.taxes') x) AS tax,
          t.ticket ->> 'taxMode' = 'inclusive' AS inclusive, t.ticket ->> 'currency' AS currency
        FROM tickets t, json_each(t.ticket, '$.lines') l WHERE l.value ->> 'giftCard' IS NULL);
  `,
  `
  ALTER TABLE devices ADD COLUMN version TEXT;
  `,
  `
  CREATE TABLE trail (
    cursor INTEGER PRIMARY KEY, at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, call TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, asked TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, outcome TEXT NOT NULL,
    refusal TEXT NOT NULL
  ) STRICT;
  CREATE INDEX trail_of_subject ON trail (subject_kind, subject_id, cursor);
  CREATE INDEX trail_by_person ON trail (by_id, cursor);
  CREATE INDEX trail_by_time ON trail (at);
  `,
  `
  CREATE TABLE catalogue (
    n INTEGER PRIMARY KEY, product TEXT NOT NULL UNIQUE, title TEXT NOT NULL, sku TEXT NOT NULL, brand TEXT NOT NULL, category TEXT NOT NULL,
    tax_class TEXT NOT NULL, status TEXT NOT NULL, pictured INTEGER NOT NULL, without_gtin INTEGER NOT NULL, variants INTEGER NOT NULL,
    changed INTEGER NOT NULL, on_hand INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE catalogue_tags (tag TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (tag, n)) STRICT, WITHOUT ROWID;
  CREATE INDEX catalogue_tags_of ON catalogue_tags (n);
  CREATE TABLE catalogue_stock (n INTEGER NOT NULL, store TEXT NOT NULL, on_hand INTEGER NOT NULL, PRIMARY KEY (n, store)) STRICT, WITHOUT ROWID;
  CREATE TABLE catalogue_prices (
    list TEXT NOT NULL, n INTEGER NOT NULL, minor INTEGER, complete INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (list, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX catalogue_prices_stale ON catalogue_prices (list, until);
  CREATE INDEX catalogue_prices_in_order ON catalogue_prices (list, minor);
  CREATE INDEX catalogue_prices_of ON catalogue_prices (n);
  CREATE VIRTUAL TABLE catalogue_words USING fts5(words, tokenize = 'trigram');
  INSERT INTO catalogue (product, title, sku, brand, category, tax_class, status, pictured, without_gtin, variants, changed)
    SELECT p.id, folded(p.title), coalesce(p.product ->> '$.variants[0].sku', ''), p.product ->> 'brand', p.product ->> 'category', p.product ->> 'taxClass',
        p.product ->> 'status', p.product ->> 'image' IS NOT NULL,
        (SELECT count(*) FROM json_each(p.product, '$.variants') v WHERE json_array_length(v.value, '$.gtins') = 0),
        json_array_length(p.product, '$.variants'), coalesce(f.seq, 0)
      FROM products p LEFT JOIN feed_rows f ON f.feed = 'catalog' AND f.collection = 'products' AND f.id = p.id;
  INSERT INTO catalogue_words (rowid, words) SELECT c.n, p.words FROM catalogue c JOIN products p ON p.id = c.product;
  INSERT OR IGNORE INTO catalogue_tags (tag, n)
    SELECT t.value, c.n FROM catalogue c JOIN products p ON p.id = c.product, json_each(p.product, '$.tags') t;
  INSERT INTO catalogue_stock (n, store, on_hand)
    SELECT c.n, s.store, sum(s.on_hand) FROM stock s JOIN variants v ON v.id = s.variant JOIN catalogue c ON c.product = v.product GROUP BY c.n, s.store;
  UPDATE catalogue SET on_hand = coalesce((SELECT sum(s.on_hand) FROM catalogue_stock s WHERE s.n = catalogue.n), 0);
  INSERT INTO catalogue_prices (list, n, minor, complete, until)
    SELECT DISTINCT p.list, c.n, NULL, 0, 0 FROM prices p JOIN variants v ON v.id = p.variant JOIN catalogue c ON c.product = v.product;
  CREATE INDEX catalogue_by_title ON catalogue (title);
  CREATE INDEX catalogue_by_sku ON catalogue (sku);
  CREATE INDEX catalogue_by_change ON catalogue (changed);
  CREATE INDEX catalogue_by_stock ON catalogue (on_hand);
  CREATE INDEX catalogue_by_brand ON catalogue (brand);
  CREATE INDEX catalogue_by_category ON catalogue (category);
  `,
  `
  CREATE TABLE till_health (
    device TEXT PRIMARY KEY, at INTEGER NOT NULL, unsent INTEGER NOT NULL, oldest_unsent_at INTEGER, has_trouble INTEGER NOT NULL, health TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX till_health_unsent ON till_health (oldest_unsent_at) WHERE unsent > 0;
  CREATE TABLE till_feeds (
    feed TEXT NOT NULL, collection TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (feed, collection, device)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX till_feeds_of ON till_feeds (device);
  CREATE TABLE till_logs (device TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, at INTEGER, lines TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE sales_slots (
    day TEXT NOT NULL, store TEXT NOT NULL, slot INTEGER NOT NULL, currency TEXT NOT NULL, tickets INTEGER NOT NULL, minor INTEGER NOT NULL,
    PRIMARY KEY (day, store, slot, currency)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO sales_slots (day, store, slot, currency, tickets, minor)
    SELECT day, store, coalesce(ticket ->> 'completedAt', received_at) / 300000, coalesce(ticket ->> 'currency', ''), count(*), sum(total_minor
          - (SELECT coalesce(sum(t.value ->> '$.amount.minor'), 0) FROM json_each(ticket, '$.tenders') t WHERE t.value ->> 'kind' = 'paidOnline'))
      FROM tickets GROUP BY 1, 2, 3, 4;
  CREATE INDEX orders_sums ON orders (placed_at, channel, data ->> '$.currency', data ->> '$.payment.paid.minor');
  CREATE INDEX fulfilments_open ON fulfilments (state, store);
  CREATE INDEX exceptions_open_by_kind ON exceptions (kind, store) WHERE resolved = 0;
  CREATE INDEX stock_below_zero ON stock (store) WHERE on_hand < 0;
  `,
  `
  ALTER TABLE hq_keys ADD COLUMN last_used_at INTEGER;
  ALTER TABLE webhook_endpoints ADD COLUMN paused_at INTEGER;
  CREATE TABLE delivery_attempts (
    cursor INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, took_ms INTEGER NOT NULL, failure TEXT
  ) STRICT;
  CREATE INDEX delivery_attempts_of ON delivery_attempts (endpoint, cursor);
  CREATE INDEX delivery_attempts_by_time ON delivery_attempts (at);
  `,
  `
  ALTER TABLE exceptions ADD COLUMN assignee TEXT;
  ALTER TABLE exceptions ADD COLUMN assignee_id TEXT;
  `,
  `
  CREATE TABLE users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, words TEXT NOT NULL, role TEXT NOT NULL, stores TEXT NOT NULL,
    active INTEGER NOT NULL, password_hash TEXT, totp TEXT NOT NULL, created_at INTEGER NOT NULL, last_sign_in_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX users_by_name ON users (name, id);
  CREATE INDEX users_by_role ON users (role);
  CREATE TABLE hq_sessions (
    hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, agent TEXT NOT NULL, address TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hq_sessions_of ON hq_sessions (user_id, created_at);
  CREATE TABLE access_links (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, user_id TEXT, expires_at INTEGER) STRICT, WITHOUT ROWID;
  CREATE INDEX access_links_of ON access_links (kind, user_id);
  CREATE TABLE sign_in_tries (tried TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE product_details (product TEXT PRIMARY KEY, details TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE product_log (
    cursor INTEGER PRIMARY KEY, product TEXT NOT NULL, at INTEGER NOT NULL, by_kind TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL,
    cause TEXT NOT NULL, created INTEGER NOT NULL, changes TEXT NOT NULL
  ) STRICT;
  CREATE INDEX product_log_of ON product_log (product, cursor);
  CREATE INDEX product_log_by_cause ON product_log (cause, cursor);
  CREATE TABLE catalogue_pictures (hash TEXT PRIMARY KEY, unused_since INTEGER) STRICT, WITHOUT ROWID;
  CREATE INDEX catalogue_pictures_unused ON catalogue_pictures (unused_since) WHERE unused_since IS NOT NULL;
  CREATE TABLE picture_uses (product TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (product, hash)) STRICT, WITHOUT ROWID;
  CREATE INDEX picture_uses_of ON picture_uses (hash);
  CREATE INDEX products_by_brand ON products (product ->> 'brand');
  CREATE TABLE import_jobs (id TEXT PRIMARY KEY, at INTEGER NOT NULL, data TEXT NOT NULL) STRICT;
  CREATE INDEX import_jobs_by_time ON import_jobs (at, id);
  CREATE TABLE import_findings (place INTEGER PRIMARY KEY, job TEXT NOT NULL, finding TEXT NOT NULL) STRICT;
  CREATE INDEX import_findings_of ON import_findings (job, place);
  `,
  `
  ALTER TABLE stock ADD COLUMN sold_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE stock ADD COLUMN counted_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE stock ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
  UPDATE stock SET moved_at = known.moved, sold_at = known.sold, counted_at = known.counted FROM (
    SELECT store, variant, max(acted_at) AS moved,
      max(CASE WHEN reason ->> 'kind' IN ('sale', 'order') THEN acted_at ELSE 0 END) AS sold,
      max(CASE WHEN reason ->> 'kind' = 'counted' THEN acted_at ELSE 0 END) AS counted
      FROM movements GROUP BY store, variant
  ) AS known WHERE known.store = stock.store AND known.variant = stock.variant;
  CREATE INDEX stock_of_variant ON stock (variant, store);
  CREATE INDEX stock_by_level ON stock (store, on_hand);
  CREATE INDEX stock_everywhere_by_level ON stock (on_hand);
  CREATE INDEX stock_by_movement ON stock (store, moved_at);
  CREATE INDEX stock_everywhere_by_movement ON stock (moved_at);
  CREATE INDEX movements_of_level ON movements (store, variant, acted_at, cause);
  CREATE INDEX products_of_category ON products (product ->> 'category', title, id);
  CREATE INDEX stock_by_count ON stock (store, counted_at);
  CREATE TABLE counts (
    id TEXT PRIMARY KEY, store TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, finished_at INTEGER, finished_by TEXT NOT NULL, plan TEXT NOT NULL
  ) STRICT;
  CREATE INDEX counts_by_time ON counts (at);
  CREATE INDEX counts_of_store ON counts (store, at);
  CREATE TABLE count_areas (
    cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, count TEXT NOT NULL, area TEXT NOT NULL, replaces TEXT NOT NULL, register INTEGER NOT NULL,
    staff TEXT NOT NULL, at INTEGER NOT NULL, left_out INTEGER NOT NULL, articles INTEGER NOT NULL, pieces INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX count_areas_of_count ON count_areas (count, cursor);
  CREATE TABLE count_lines (
    count TEXT NOT NULL, variant TEXT NOT NULL, area TEXT NOT NULL, counted INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (count, variant, area)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX count_lines_of_area ON count_lines (area);
  CREATE TABLE count_results (
    count TEXT NOT NULL, variant TEXT NOT NULL, store TEXT NOT NULL, counted INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
    expected INTEGER NOT NULL, between_pieces INTEGER NOT NULL, booked INTEGER, again INTEGER NOT NULL, PRIMARY KEY (count, variant)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX count_results_open ON count_results (store, variant) WHERE booked IS NULL;
  `,
  `
  CREATE TABLE goods_deliveries (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, from_store TEXT, to_store TEXT NOT NULL, expected_on TEXT,
    opened_at INTEGER NOT NULL, is_over INTEGER NOT NULL, closed_at INTEGER, by_hq INTEGER NOT NULL, on_tills INTEGER NOT NULL DEFAULT 1,
    supplier TEXT NOT NULL, words TEXT NOT NULL
  ) STRICT;
  CREATE TABLE goods_delivery_data (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE INDEX goods_deliveries_by_reference ON goods_deliveries (reference, supplier);
  CREATE INDEX goods_deliveries_by_state ON goods_deliveries (state, opened_at, id);
  CREATE INDEX goods_deliveries_by_hq ON goods_deliveries (by_hq) WHERE by_hq = 1;
  CREATE INDEX goods_deliveries_by_time ON goods_deliveries (opened_at, id);
  CREATE INDEX goods_deliveries_open ON goods_deliveries (opened_at, id) WHERE is_over = 0;
  CREATE INDEX goods_deliveries_to ON goods_deliveries (to_store, opened_at);
  CREATE INDEX goods_deliveries_from ON goods_deliveries (from_store, opened_at);
  CREATE INDEX goods_deliveries_on_tills ON goods_deliveries (closed_at) WHERE on_tills = 1 AND is_over = 1;
  CREATE TABLE goods_delivery_acts (id TEXT PRIMARY KEY, delivery TEXT NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX goods_delivery_acts_of ON goods_delivery_acts (delivery);
  CREATE TABLE goods_coming (
    store TEXT NOT NULL, variant TEXT NOT NULL, delivery TEXT NOT NULL, incoming INTEGER NOT NULL, in_transit INTEGER NOT NULL,
    PRIMARY KEY (store, variant, delivery)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX goods_coming_of ON goods_coming (delivery);
  `,
  `
  CREATE TABLE report_tickets (
    ticket TEXT PRIMARY KEY, number TEXT NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL, store TEXT NOT NULL, hour TEXT NOT NULL, device TEXT NOT NULL,
    staff TEXT NOT NULL, customer TEXT, currency TEXT NOT NULL, due INTEGER NOT NULL, rounding INTEGER NOT NULL, gift_cards INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE report_lines (
    day TEXT NOT NULL, store TEXT NOT NULL, ticket TEXT NOT NULL, position INTEGER NOT NULL, currency TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,
    hour TEXT NOT NULL, seller TEXT NOT NULL, variant TEXT NOT NULL, product TEXT NOT NULL, category TEXT NOT NULL, brand TEXT NOT NULL, of_ticket TEXT,
    of_position INTEGER, reason TEXT, unit_cost INTEGER, parts INTEGER NOT NULL, sold_pieces INTEGER NOT NULL, returned_pieces INTEGER NOT NULL, sold INTEGER NOT NULL, returned INTEGER NOT NULL, net INTEGER NOT NULL,
    tax INTEGER NOT NULL, discount INTEGER NOT NULL, cost INTEGER NOT NULL, costed_net INTEGER NOT NULL,
    PRIMARY KEY (day, store, ticket, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX report_lines_by_article ON report_lines (
    currency, variant, day, store, channel, category, parts, sold_pieces, returned_pieces, sold, returned, net, tax, discount, cost, costed_net
  );
  CREATE INDEX report_lines_coming_back ON report_lines (of_ticket) WHERE of_ticket IS NOT NULL;
  CREATE TABLE report_parts (
    family TEXT NOT NULL, day TEXT NOT NULL, store TEXT NOT NULL, ticket TEXT NOT NULL, place INTEGER NOT NULL, currency TEXT NOT NULL, channel TEXT NOT NULL,
    value TEXT NOT NULL, parts INTEGER NOT NULL, sold_pieces INTEGER NOT NULL, returned_pieces INTEGER NOT NULL, sold INTEGER NOT NULL, returned INTEGER NOT NULL, net INTEGER NOT NULL,
    tax INTEGER NOT NULL, discount INTEGER NOT NULL, cost INTEGER NOT NULL, costed_net INTEGER NOT NULL,
    PRIMARY KEY (family, day, store, ticket, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE report_sums (
    family TEXT NOT NULL, store TEXT NOT NULL, day TEXT NOT NULL, currency TEXT NOT NULL, channel TEXT NOT NULL, value TEXT NOT NULL,
    parts INTEGER NOT NULL, sold_pieces INTEGER NOT NULL, returned_pieces INTEGER NOT NULL, sold INTEGER NOT NULL, returned INTEGER NOT NULL, net INTEGER NOT NULL,
    tax INTEGER NOT NULL, discount INTEGER NOT NULL, cost INTEGER NOT NULL, costed_net INTEGER NOT NULL,
    PRIMARY KEY (family, store, day, currency, channel, value)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE report_names (family TEXT NOT NULL, value TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (family, value)) STRICT, WITHOUT ROWID;
  CREATE TABLE report_backlog (one INTEGER PRIMARY KEY CHECK (one = 1), below INTEGER NOT NULL) STRICT;
  INSERT INTO report_backlog (one, below) SELECT 1, max(cursor) + 1 FROM tickets HAVING count(*) > 0;
  CREATE TABLE report_views (id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, shared INTEGER NOT NULL, next_at INTEGER, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX report_views_due ON report_views (next_at) WHERE next_at IS NOT NULL;
  CREATE TABLE report_mails (
    id TEXT PRIMARY KEY, view TEXT NOT NULL, due_at INTEGER NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, next_try_at INTEGER,
    sent_at INTEGER, last_failure TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX report_mails_of_view ON report_mails (view, due_at);
  CREATE INDEX report_mails_waiting ON report_mails (next_try_at) WHERE state = 'waiting';
  `,
  `
  CREATE TABLE data_audit_counts (
    check_name TEXT NOT NULL, day TEXT NOT NULL, store TEXT NOT NULL, count INTEGER NOT NULL, tickets INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (check_name, day, store)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE data_audit_owners (check_name TEXT NOT NULL, store TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (check_name, store)) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE report_facts (
    report TEXT NOT NULL, day TEXT NOT NULL, store TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, number TEXT NOT NULL,
    at INTEGER NOT NULL, currency TEXT NOT NULL, channel TEXT NOT NULL, value TEXT NOT NULL, person TEXT NOT NULL, other TEXT NOT NULL, m0 INTEGER NOT NULL,
    m1 INTEGER NOT NULL, m2 INTEGER NOT NULL, m3 INTEGER NOT NULL, m4 INTEGER NOT NULL, m5 INTEGER NOT NULL, m6 INTEGER NOT NULL, m7 INTEGER NOT NULL,
    PRIMARY KEY (report, day, store, id, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX report_facts_about ON report_facts (kind, id);
  CREATE INDEX report_facts_of_customer ON report_facts (person, day, store) WHERE report = 'baskets' AND person <> '';
  CREATE TABLE report_uncounted (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
  INSERT INTO report_uncounted (kind, id) SELECT 'order', id FROM orders;
  INSERT INTO report_uncounted (kind, id) SELECT 'shift', id FROM shifts WHERE closed_at IS NOT NULL;
  INSERT INTO report_uncounted (kind, id) SELECT 'ticket', ticket FROM report_tickets;
  `,
  `
  CREATE TABLE catalogue_removed (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;
  INSERT INTO catalogue_removed (one, n, changed) SELECT 1, coalesce(max(n), 0), coalesce(max(changed), 0) FROM catalogue;
  `,
  `
  CREATE TABLE take_over_codes (hash TEXT PRIMARY KEY, device TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE former_keys (
    place INTEGER PRIMARY KEY, device TEXT NOT NULL, public_key TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, until_epoch INTEGER NOT NULL, revoked_at INTEGER
  ) STRICT;
  CREATE INDEX former_keys_of ON former_keys (device);
  `,
  `
  CREATE TABLE reorder_rules (
    kind TEXT NOT NULL, subject TEXT NOT NULL, store TEXT NOT NULL, reorder_point INTEGER NOT NULL, target INTEGER NOT NULL, pack INTEGER NOT NULL,
    PRIMARY KEY (kind, subject, store)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX goods_coming_of_variant ON goods_coming (variant);
  CREATE INDEX movements_corrected ON movements (acted_at) WHERE reason ->> 'kind' IN ('adjusted', 'counted');
  `,
  `
  CREATE TABLE value_changes (cursor INTEGER PRIMARY KEY, cause TEXT NOT NULL, change TEXT NOT NULL) STRICT;
  CREATE INDEX value_changes_of ON value_changes (cause, cursor);
  CREATE TABLE bulk_edits (id TEXT PRIMARY KEY, at INTEGER NOT NULL, unfinished INTEGER NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX bulk_edits_by_time ON bulk_edits (at, id);
  CREATE INDEX bulk_edits_unfinished ON bulk_edits (at, id) WHERE unfinished = 1;
  CREATE TABLE bulk_edit_products (
    edit TEXT NOT NULL, place INTEGER NOT NULL, product TEXT NOT NULL, PRIMARY KEY (edit, place)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE catalogue ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE catalogue_channels (
    channel TEXT NOT NULL, n INTEGER NOT NULL, status TEXT, described INTEGER NOT NULL, PRIMARY KEY (channel, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX catalogue_channels_of ON catalogue_channels (n);
  INSERT INTO catalogue_channels (channel, n, status, described)
    SELECT e.key, c.n, e.value ->> 'status', trim(coalesce(e.value ->> 'description', '')) <> ''
      FROM product_details d JOIN catalogue c ON c.product = d.product, json_each(d.details, '$.channels') e;
  UPDATE catalogue SET described = 1
    WHERE product IN (SELECT d.product FROM product_details d WHERE trim(coalesce(d.details ->> 'description', '')) <> '');
  `,
  `
  CREATE TABLE catalogue_gone (product TEXT PRIMARY KEY, changed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX catalogue_gone_by_change ON catalogue_gone (changed);
  UPDATE catalogue SET changed = n + (SELECT max(coalesce((SELECT max(c.changed) FROM catalogue c), 0), r.changed) FROM catalogue_removed r)
    WHERE changed = 0;
  `,
  `
  CREATE TABLE goods_deliveries_removed (id TEXT PRIMARY KEY, by_hq INTEGER NOT NULL, removed_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE removed_products (product TEXT PRIMARY KEY, cursor INTEGER NOT NULL, removed_at INTEGER NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX removed_products_by_cursor ON removed_products (cursor);
  CREATE INDEX removed_products_by_time ON removed_products (removed_at, product);
  `,
  `
  CREATE TABLE link_mails (
    user_id TEXT PRIMARY KEY, id TEXT NOT NULL, console_at TEXT NOT NULL, asked_at INTEGER NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL,
    next_try_at INTEGER, sent_at INTEGER, last_failure TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX link_mails_waiting ON link_mails (next_try_at) WHERE state = 'waiting';
  `,
  // A number that is compared as one, for engines that take JSON's for text.
  `DROP INDEX prices_by_end;
  CREATE INDEX prices_ending ON prices (CAST(price ->> 'validTo' AS BIGINT)) WHERE CAST(price ->> 'validTo' AS BIGINT) IS NOT NULL;`,
  `
  ALTER TABLE report_tickets ADD COLUMN order_id TEXT;
  CREATE INDEX report_tickets_of_order ON report_tickets (order_id) WHERE order_id IS NOT NULL;
  INSERT INTO report_uncounted (kind, id) SELECT 'order', id FROM orders WHERE true ON CONFLICT DO NOTHING;
  ALTER TABLE report_parts ADD COLUMN variant TEXT NOT NULL DEFAULT '';
  INSERT INTO report_uncounted (kind, id) SELECT DISTINCT 'promoted', ticket FROM report_parts WHERE family = 'promotion' ON CONFLICT DO NOTHING;
  INSERT INTO report_uncounted (kind, id) SELECT 'mailReturn', id FROM mail_returns WHERE state = 'refunded' ON CONFLICT DO NOTHING;
  DROP INDEX report_facts_of_customer;
  CREATE INDEX report_facts_of_customer ON report_facts (person, day, store, channel, currency, at, m0, m2) WHERE report = 'baskets' AND person <> '';
  ALTER TABLE movements ADD COLUMN moved_as TEXT NOT NULL DEFAULT 'otherwise';
  UPDATE movements SET moved_as = CASE
    WHEN reason ->> 'kind' IN ('sale', 'order', 'return') THEN 'sold'
    WHEN reason ->> 'kind' IN ('received', 'initial', 'import') OR (reason ->> 'kind' = 'adjusted' AND reason ->> 'why' = 'found') THEN 'received'
    ELSE 'otherwise' END;
  DROP INDEX movements_of_level;
  CREATE INDEX movements_of_level ON movements (store, variant, acted_at, cause, moved_as, quantity);
  `,
  `
  CREATE TABLE feed_eras (number INTEGER PRIMARY KEY, era TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, heads TEXT NOT NULL) STRICT;
  `,
  // What one store's tills write and read carries the store, so that a large database can lay it by that (decision 0029).
  `
  ALTER TABLE journal ADD COLUMN store TEXT NOT NULL DEFAULT '';
  UPDATE journal SET store = coalesce((SELECT d.store FROM devices d WHERE d.id = journal.device), entry ->> 'store');
  CREATE TABLE ticket_places (
    cursor INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL COLLATE NOCASE, store TEXT NOT NULL
  ) STRICT;
  INSERT INTO ticket_places (cursor, id, number, store) SELECT cursor, id, number, store FROM tickets;
  CREATE INDEX ticket_places_by_number ON ticket_places (number);
  DROP INDEX tickets_by_number;
  CREATE TABLE store_feeds (
    store TEXT NOT NULL, family TEXT NOT NULL, head INTEGER NOT NULL, purged_to INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (store, family)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE store_feed_rows (
    store TEXT NOT NULL, family TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (store, family, collection, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO store_feeds (store, family, head, purged_to) SELECT substr(feed, 7), 'store', head, purged_to FROM feeds WHERE feed LIKE 'store:%';
  INSERT INTO store_feeds (store, family, head, purged_to)
    SELECT substr(feed, 17), 'customers:store', head, purged_to FROM feeds WHERE feed LIKE 'customers:store:%';
  INSERT INTO store_feed_rows (store, family, collection, id, seq, data, at)
    SELECT substr(feed, 7), 'store', collection, id, seq, data, at FROM feed_rows WHERE feed LIKE 'store:%';
  INSERT INTO store_feed_rows (store, family, collection, id, seq, data, at)
    SELECT substr(feed, 17), 'customers:store', collection, id, seq, data, at FROM feed_rows WHERE feed LIKE 'customers:store:%';
  CREATE UNIQUE INDEX store_feed_rows_in_order ON store_feed_rows (store, family, collection, seq);
  CREATE INDEX store_feed_tombstones ON store_feed_rows (at) WHERE data IS NULL;
  DELETE FROM feed_rows WHERE feed LIKE 'store:%' OR feed LIKE 'customers:store:%';
  DELETE FROM feeds WHERE feed LIKE 'store:%' OR feed LIKE 'customers:store:%';
  ALTER TABLE feeds RENAME TO chain_feeds;
  ALTER TABLE feed_rows RENAME TO chain_feed_rows;
    `,
  `
  CREATE TABLE lent_keys (device TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // A chain has tens of thousands of tills, and each start looks at the key of every one.
  "CREATE INDEX devices_of_key ON devices (public_key);",
  // HQ looks at one store's tickets of a large chain.
  "CREATE INDEX tickets_of_store ON tickets (store, cursor);",
  // A till that was paired after the backup that this database went back to is let in again, and its number is given to no other.
  `
  ALTER TABLE devices ADD COLUMN since INTEGER;
  ALTER TABLE devices ADD COLUMN let_in_at INTEGER;
  ALTER TABLE former_keys ADD COLUMN wrote_as TEXT;
  CREATE TABLE register_floors (store TEXT PRIMARY KEY, floor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // Tills that show a genuine pairing and are not let in, for HQ to see.
  `
  CREATE TABLE knocks (
    device TEXT PRIMARY KEY, store TEXT NOT NULL, store_code TEXT, register INTEGER NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // One that lost its journal as well sells nothing.
  "ALTER TABLE knocks ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;",
];
