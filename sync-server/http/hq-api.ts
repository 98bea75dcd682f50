import { ACCOUNT_CALLS } from "./account-routes.ts";
import { AUDIT_LOG_CALLS } from "./audit-log-routes.ts";
import { BULK_CALLS } from "./bulk-routes.ts";
import { CASE_CALLS } from "./cases-calls.ts";
import { CATALOGUE_CALLS } from "./catalogue-routes.ts";
import { CONNECTOR_CALLS } from "./connectors-calls.ts";
import { COUNT_CALLS } from "./counts-routes.ts";
import { COUPON_CALLS } from "./coupons-routes.ts";
import { CREDIT_CALLS } from "./credits-calls.ts";
import { DASHBOARD_CALLS } from "./dashboard-routes.ts";
import { DATA_AUDIT_CALLS } from "./data-audit-routes.ts";
import { DELIVERY_CALLS } from "./deliveries-routes.ts";
import { EVENT_CALLS } from "./events-routes.ts";
import { EXCEPTION_CALLS } from "./exceptions-routes.ts";
import { EXPORT_CALLS } from "./exports-routes.ts";
import type { HqCall } from "./hq-call.ts";
import { GOODS_CALLS, STORE_CALLS, TICKET_CALLS } from "./hq-calls.ts";
import { IMPORT_JOB_CALLS } from "./import-jobs-routes.ts";
import { KEY_CALLS } from "./keys-routes.ts";
import { LOYALTY_CALLS } from "./loyalty-routes.ts";
import { ORDER_CALLS } from "./orders-calls.ts";
import { PRICE_CHECK_CALLS, PRICE_LIST_CALLS } from "./price-lists-calls.ts";
import { PRICE_CALLS } from "./prices-calls.ts";
import { PRODUCT_CALLS } from "./product-calls.ts";
import { PROFILE_CALLS } from "./profile-calls.ts";
import { PROMOTION_CALLS } from "./promotions-calls.ts";
import { RECEIPT_CALLS } from "./receipts-calls.ts";
import { REPLENISH_CALLS } from "./replenish-routes.ts";
import { REPORT_VIEW_CALLS } from "./report-views-routes.ts";
import { REPORT_CALLS } from "./reports-routes.ts";
import { RETURN_CALLS } from "./returns-calls.ts";
import { RETURNS_POLICY_CALLS } from "./returns-policy-routes.ts";
import { RULE_CALLS } from "./rules-calls.ts";
import { SESSION_CALLS } from "./session-routes.ts";
import { SHIFT_CALLS } from "./shifts-calls.ts";
import { STAFF_CALLS } from "./staff-calls.ts";
import { STOCK_CALLS } from "./stock-routes.ts";
import { STOCK_VALUE_CALLS } from "./stock-value-routes.ts";
import { STORE_SETTINGS_CALLS } from "./stores-routes.ts";
import { TILL_CALLS } from "./tills-routes.ts";
import { USER_CALLS } from "./users-routes.ts";
import { WEBHOOK_CALLS } from "./webhooks-calls.ts";
import { WORK_CALLS } from "./work-calls.ts";

/** The calls of HQ by area, in the order in which they are described. The areas are what people read. */
export const HQ_AREAS = {
  Catalogue: [CATALOGUE_CALLS, GOODS_CALLS, PRODUCT_CALLS, IMPORT_JOB_CALLS, BULK_CALLS],
  Prices: [PRICE_CALLS, PRICE_LIST_CALLS, PRICE_CHECK_CALLS],
  Promotions: [PROMOTION_CALLS, COUPON_CALLS],
  Stock: [STOCK_CALLS, STOCK_VALUE_CALLS, REPLENISH_CALLS, COUNT_CALLS, DELIVERY_CALLS],
  Orders: [ORDER_CALLS],
  Exceptions: [EXCEPTION_CALLS],
  Returns: [RETURN_CALLS, RETURNS_POLICY_CALLS],
  Cases: [CASE_CALLS],
  Customers: [PROFILE_CALLS],
  "Gift cards, credit and points": [CREDIT_CALLS, LOYALTY_CALLS],
  "Tickets and receipts": [TICKET_CALLS, RECEIPT_CALLS],
  "Shifts and Z reports": [SHIFT_CALLS],
  Staff: [STAFF_CALLS, WORK_CALLS],
  Dashboard: [DASHBOARD_CALLS],
  "Stores and tills": [STORE_CALLS, STORE_SETTINGS_CALLS, TILL_CALLS],
  "Rules of stores": [RULE_CALLS],
  Reports: [REPORT_CALLS, REPORT_VIEW_CALLS],
  Integrations: [KEY_CALLS, WEBHOOK_CALLS, EVENT_CALLS, CONNECTOR_CALLS],
  "Data audit": [DATA_AUDIT_CALLS],
  "Books and audit": [EXPORT_CALLS, AUDIT_LOG_CALLS],
  "Users and sessions": [SESSION_CALLS, ACCOUNT_CALLS, USER_CALLS],
} as const satisfies Readonly<Record<string, readonly Readonly<Record<string, HqCall>>[]>>;

/** Every call of HQ by its name. */
export const HQ_API: Readonly<Record<string, HqCall>> = Object.assign({}, ...Object.values(HQ_AREAS).flat());
