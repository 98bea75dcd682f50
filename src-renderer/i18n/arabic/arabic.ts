import type { Catalogue } from "../catalogue.ts";
import { ACCESS_ARABIC } from "./access-words.ts";
import { APPROVE_ARABIC } from "./approve-words.ts";
import { CAMERA_ARABIC } from "./camera-words.ts";
import { CASE_ARABIC } from "./case-words.ts";
import { COUNTING_ARABIC } from "./counting-words.ts";
import { COUPON_ARABIC } from "./coupon-words.ts";
import { CREDIT_ARABIC } from "./credit-words.ts";
import { CUSTOMER_ARABIC } from "./customer-words.ts";
import { DELIVERY_ARABIC } from "./delivery-words.ts";
import { DEVICE_ARABIC } from "./device-words.ts";
import { FISCAL_ARABIC } from "./fiscal-words.ts";
import { GIFT_CARD_ARABIC } from "./gift-card-words.ts";
import { LOYALTY_ARABIC } from "./loyalty-words.ts";
import { MAILING_ARABIC } from "./mailing-words.ts";
import { ORDER_ARABIC } from "./order-words.ts";
import { ORDERING_ARABIC } from "./ordering-words.ts";
import { PRICE_ARABIC } from "./price-words.ts";
import { RETURN_ARABIC } from "./return-words.ts";
import { SALE_ARABIC } from "./sale-words.ts";
import { SCAN_ARABIC } from "./scan-words.ts";
import { SHIFT_ARABIC } from "./shift-words.ts";
import { STAFF_ARABIC } from "./staff-words.ts";
import { TASK_ARABIC } from "./task-words.ts";
import { TERMINAL_ARABIC } from "./terminal-words.ts";
import { TILL_ARABIC } from "./till-words.ts";
import { TRAINING_ARABIC } from "./training-words.ts";
import { UPDATE_ARABIC } from "./update-words.ts";

/** Every word the till shows, in Arabic. */
export const ARABIC: Catalogue = {
  ...TILL_ARABIC,
  ...SALE_ARABIC,
  ...ORDER_ARABIC,
  ...ORDERING_ARABIC,
  ...MAILING_ARABIC,
  ...RETURN_ARABIC,
  ...TASK_ARABIC,
  ...COUNTING_ARABIC,
  ...DELIVERY_ARABIC,
  ...COUPON_ARABIC,
  ...CREDIT_ARABIC,
  ...GIFT_CARD_ARABIC,
  ...LOYALTY_ARABIC,
  ...CUSTOMER_ARABIC,
  ...CAMERA_ARABIC,
  ...CASE_ARABIC,
  ...PRICE_ARABIC,
  ...APPROVE_ARABIC,
  ...DEVICE_ARABIC,
  ...SHIFT_ARABIC,
  ...STAFF_ARABIC,
  ...FISCAL_ARABIC,
  ...TERMINAL_ARABIC,
  ...SCAN_ARABIC,
  ...TRAINING_ARABIC,
  ...ACCESS_ARABIC,
  ...UPDATE_ARABIC,
};
